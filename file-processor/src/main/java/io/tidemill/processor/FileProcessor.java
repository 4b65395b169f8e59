package io.tidemill.processor;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.tidemill.processor.engine.EngineHost;
import io.tidemill.processor.engine.HostCommand;
import java.io.IOException;
import java.util.Arrays;
import sun.misc.Signal;

/**
 * The program. Started with {@value EngineHost#ARGUMENT} it is the sandboxed child that decodes
 * untrusted bytes, and nothing of the processor is loaded.
 */
@QuarkusMain
public final class FileProcessor {
    /** Known while a native image is compiled, so that it leaves out what decodes. */
    private static final boolean NATIVE = HostCommand.isNative();

    private FileProcessor() {}

    public static void main(String... args) throws IOException {
        if (!NATIVE && args.length > 0 && args[0].equals(EngineHost.ARGUMENT)) {
            EngineHost.main(Arrays.copyOfRange(args, 1, args.length));
        } else {
            // The JVM's own answer to SIGTERM would end a good drain with status 143.
            Signal.handle(new Signal("TERM"), _ -> Quarkus.asyncExit(0));
            Quarkus.run(args);
        }
    }
}
