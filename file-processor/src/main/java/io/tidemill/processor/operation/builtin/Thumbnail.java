package io.tidemill.processor.operation.builtin;

import io.tidemill.contract.Failure;
import io.tidemill.contract.FailureCode;
import io.tidemill.processor.engine.EngineHosts;
import io.tidemill.processor.engine.HostAnswer;
import io.tidemill.processor.engine.embedded.EmbeddedEngines;
import io.tidemill.processor.engine.installed.Vips;
import io.tidemill.processor.engine.vips.VipsThumbnails;
import io.tidemill.processor.image.DamagedImageException;
import io.tidemill.processor.image.ImageHeader;
import io.tidemill.processor.image.ImageLimits;
import io.tidemill.processor.image.ThumbnailSize;
import io.tidemill.processor.operation.Attempt;
import io.tidemill.processor.operation.Engine;
import io.tidemill.processor.operation.Fields;
import io.tidemill.processor.operation.Operation;
import io.tidemill.processor.operation.Outcome;
import io.tidemill.processor.operation.OutputName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes smaller, upright copies of an image, without metadata. */
final class Thumbnail implements Operation {
    private static final ThumbnailSize DEFAULT_SIZE = new ThumbnailSize(320, 320, false);
    private static final Map<String, String> ENDINGS =
            Map.of("jpeg", ".jpg", "png", ".png", "webp", ".webp");

    private final Optional<Vips> vips;
    private final EngineHosts hosts;

    Thumbnail(Optional<Vips> vips, EngineHosts hosts) {
        this.vips = vips;
        this.hosts = hosts;
    }

    /** A copy to be made; {@code file} is its name in the attempt's folder. */
    private record Copy(ThumbnailSize size, String file) {}

    @Override
    public String name() {
        return "thumbnail";
    }

    @Override
    public Engine engine() {
        return vips.<Engine>map(found -> new Engine.Available("full", "libvips", found.version()))
                .orElse(new Engine.Available("embedded", "imageio-twelvemonkeys", "3.14.0"));
    }

    @Override
    public Outcome run(Attempt attempt) throws IOException, InterruptedException {
        Optional<ImageHeader> header;
        try {
            header = ImageHeader.read(attempt.file());
        } catch (DamagedImageException e) {
            return broken(FailureCode.INVALID_INPUT, "The image is damaged: " + e.getMessage());
        }
        if (header.isEmpty()) {
            return broken(
                    FailureCode.UNSUPPORTED_TYPE, "The file is no JPEG, PNG, GIF, WebP or TIFF.");
        }
        Optional<Failure> breach = ImageLimits.breach(header.get());
        return breach.isPresent() ? new Outcome.Broken(breach.get()) : make(attempt, header.get());
    }

    private Outcome make(Attempt attempt, ImageHeader header)
            throws IOException, InterruptedException {
        String format = new Fields(attempt.parameters()).text("format", "jpeg");
        if (format.equals("webp") && vips.isEmpty()) {
            return broken(
                    FailureCode.OPERATION_UNAVAILABLE,
                    "WebP output needs libvips; install it with: ./tidemill engines");
        }
        List<Copy> copies = copies(attempt, format);
        attempt.progress().begun("size", 1, copies.size());
        Optional<Failure> failure = make(attempt, header, copies, format);
        return failure.isPresent()
                ? new Outcome.Broken(failure.get())
                : check(attempt, header, copies, format);
    }

    private static List<Copy> copies(Attempt attempt, String format) {
        List<ThumbnailSize> sizes =
                new Fields(attempt.parameters())
                        .objects("sizes").stream().map(ThumbnailSize::of).distinct().toList();
        List<Copy> copies = new ArrayList<>();
        for (ThumbnailSize size : sizes.isEmpty() ? List.of(DEFAULT_SIZE) : sizes) {
            copies.add(new Copy(size, "copy-" + copies.size() + ENDINGS.get(format)));
        }
        return copies;
    }

    private Optional<Failure> make(
            Attempt attempt, ImageHeader header, List<Copy> copies, String format)
            throws IOException, InterruptedException {
        Map<String, Object> request =
                Map.of(
                        "mediaType", header.format().mediaType(),
                        "orientation", header.orientation(),
                        "format", format,
                        "library", vips.map(Vips::library).orElse(""),
                        "sizes", copies.stream().map(Thumbnail::request).toList());
        String engine = vips.isPresent() ? VipsThumbnails.NAME : EmbeddedEngines.THUMBNAILS;
        return switch (hosts.ask(engine, attempt, request)) {
            case HostAnswer.Result _ -> Optional.empty();
            case HostAnswer.Refusal refusal -> Optional.of(refusal.failure());
        };
    }

    private static Map<String, Object> request(Copy copy) {
        return Map.of(
                "width", copy.size().width(),
                "height", copy.size().height(),
                "fit", copy.size().cover() ? "cover" : "inside",
                "file", copy.file());
    }

    /** An engine's word is not enough: each copy is opened again. */
    private static Outcome check(
            Attempt attempt, ImageHeader header, List<Copy> copies, String format)
            throws IOException {
        List<Map<String, Object>> described = new ArrayList<>();
        List<Outcome.Output> outputs = new ArrayList<>();
        for (Copy copy : copies) {
            Path file = attempt.folder().resolve(copy.file());
            Optional<ImageHeader> made =
                    Files.exists(file) ? ImageHeader.read(file) : Optional.empty();
            if (made.isEmpty() || !fits(made.get(), header, copy.size())) {
                return broken(
                        FailureCode.INVALID_INPUT,
                        "The image does not decode to what its header promises.");
            }
            String name = outputName(attempt, copy, format);
            described.add(
                    Map.of(
                            "name", name,
                            "width", made.get().width(),
                            "height", made.get().height(),
                            "bytes", Files.size(file)));
            outputs.add(new Outcome.Output(file, name, "image/" + format));
        }
        return new Outcome.Done(Map.of("thumbnails", described), outputs);
    }

    private static boolean fits(ImageHeader made, ImageHeader source, ThumbnailSize size) {
        int width = size.widthOf(source.uprightWidth(), source.uprightHeight());
        int height = size.heightOf(source.uprightWidth(), source.uprightHeight());
        return Math.abs(made.width() - width) <= 1 && Math.abs(made.height() - height) <= 1;
    }

    private static String outputName(Attempt attempt, Copy copy, String format) {
        String suffix =
                "-%dx%d%s%s"
                        .formatted(
                                copy.size().width(),
                                copy.size().height(),
                                copy.size().cover() ? "-cover" : "",
                                ENDINGS.get(format));
        return OutputName.of(attempt.ref().name(), suffix);
    }

    private static Outcome broken(FailureCode code, String detail) {
        return new Outcome.Broken(code.because(detail));
    }
}
