package io.tidemill.processor.operation.builtin;

import io.tidemill.processor.engine.EngineHosts;
import io.tidemill.processor.engine.installed.Clamd;
import io.tidemill.processor.engine.installed.Poppler;
import io.tidemill.processor.engine.installed.Scanning;
import io.tidemill.processor.engine.installed.Tesseract;
import io.tidemill.processor.engine.installed.Vips;
import io.tidemill.processor.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All built-in operations, named one by one, with the engines this machine has. Looks for engines
 * once, which takes up to some seconds. Close it to end the engine hosts.
 */
public final class BuiltinOperations implements AutoCloseable {
    private final EngineHosts hosts;
    private final List<Operation> operations;

    private BuiltinOperations(EngineHosts hosts, List<Operation> operations) {
        this.hosts = hosts;
        this.operations = List.copyOf(operations);
    }

    /** With nothing around the calls to the virus scanner. */
    public static BuiltinOperations open(EngineSettings settings) {
        return open(settings, Clamd::scan);
    }

    public static BuiltinOperations open(EngineSettings settings, Scanning scanning) {
        EngineHosts hosts = new EngineHosts(settings.hosts());
        boolean installed = !settings.embeddedOnly();
        Optional<Vips> vips = installed ? vips(settings, hosts) : Optional.empty();
        Optional<Poppler> poppler = installed ? Poppler.find() : Optional.empty();
        Optional<Tesseract> tesseract = installed ? Tesseract.find() : Optional.empty();
        List<Operation> all = new ArrayList<>();
        all.add(new Inspect(hosts));
        all.add(new VirusScan(clamd(settings), scanning));
        all.add(new Thumbnail(vips, hosts));
        all.add(new ExtractText(poppler, hosts));
        all.add(new Ocr(tesseract, poppler, hosts));
        if (settings.local()) {
            all.add(new Noop(RandomGenerator.getDefault()));
        }
        return new BuiltinOperations(hosts, all);
    }

    private static Optional<Vips> vips(EngineSettings settings, EngineHosts hosts) {
        try {
            return settings.libvips().map(file -> Vips.at(file, hosts)).or(Vips::find);
        } catch (IllegalArgumentException e) {
            hosts.close();
            throw e;
        }
    }

    private static Optional<Clamd> clamd(EngineSettings settings) {
        return settings.clamd()
                .map(Clamd::at)
                .or(() -> settings.embeddedOnly() ? Optional.empty() : Clamd.find());
    }

    public List<Operation> operations() {
        return operations;
    }

    @Override
    public void close() {
        hosts.close();
    }
}
