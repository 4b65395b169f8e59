package io.tidemill.processor.engine.vips;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tidemill.processor.image.ThumbnailSize;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The few functions of libvips 8.13 or newer that thumbnails need, by its C interface. For engine
 * hosts only: a damaged image may take the whole process down. Not thread-safe.
 */
final class VipsLibrary {
    private static final String LIBVIPS = "libvips.so.42";

    // Values of enumerations of libvips.
    private static final int SIZE_DOWN = 2;
    private static final int FAIL_ON_ERROR = 2;
    private static final int CROP_NONE = 0;
    private static final int CROP_ATTENTION = 3;

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup symbols;
    private final MethodHandle open;
    private final MethodHandle typeOf;
    private final MethodHandle thumbnail;
    private final MethodHandle write;
    private final MethodHandle unref;
    private final MethodHandle errorText;
    private final MethodHandle errorClear;

    private VipsLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
        FunctionDescriptor making =
                FunctionDescriptor.of(
                        JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT,
                        ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
        thumbnail = function("vips_thumbnail", making, Linker.Option.firstVariadicArg(3));
        open =
                function(
                        "vips_image_new_from_file",
                        FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS),
                        Linker.Option.firstVariadicArg(1));
        typeOf =
                function(
                        "vips_image_get_typeof",
                        FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
        write =
                function(
                        "vips_image_write_to_file",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
                        Linker.Option.firstVariadicArg(2));
        unref = function("g_object_unref", FunctionDescriptor.ofVoid(ADDRESS));
        errorText = function("vips_error_buffer", FunctionDescriptor.of(ADDRESS));
        errorClear = function("vips_error_clear", FunctionDescriptor.ofVoid());
    }

    /**
     * Loads and starts it: one thread, nothing kept from one image for the next, no loaders that
     * are not meant for strangers' files. What it needs is found through it.
     *
     * @param file the library; when empty the system's own
     * @throws IllegalArgumentException when it is not installed
     * @throws IllegalStateException when it does not start
     */
    static VipsLibrary open(String file) {
        VipsLibrary library =
                new VipsLibrary(
                        file.isEmpty()
                                ? SymbolLookup.libraryLookup(LIBVIPS, Arena.global())
                                : SymbolLookup.libraryLookup(Path.of(file), Arena.global()));
        library.start();
        return library;
    }

    private void start() {
        MethodHandle init = function("vips_init", FunctionDescriptor.of(JAVA_INT, ADDRESS));
        FunctionDescriptor setter = FunctionDescriptor.ofVoid(JAVA_INT);
        try (Arena arena = Arena.ofConfined()) {
            if ((int) init.invokeExact(arena.allocateFrom("tidemill")) != 0) {
                throw new IllegalStateException("libvips does not start: " + takeError());
            }
            function("vips_concurrency_set", setter).invokeExact(1);
            function("vips_cache_set_max", setter).invokeExact(0);
            function("vips_block_untrusted_set", setter).invokeExact(1);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private MethodHandle function(
            String name, FunctionDescriptor signature, Linker.Option... options) {
        return linker.downcallHandle(symbols.findOrThrow(name), signature, options);
    }

    /** Such as {@code 8.14.1}. */
    String version() {
        try {
            MethodHandle version = function("vips_version_string", FunctionDescriptor.of(ADDRESS));
            return text((MemorySegment) version.invokeExact()).split("-", 2)[0];
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /**
     * Writes a smaller, upright copy in sRGB.
     *
     * @param target with the options of its writer, as {@code copy.jpg[Q=82]}
     * @throws IOException when the image cannot be decoded, or the copy not be written
     */
    void thumbnail(Path image, ThumbnailSize size, String target) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment small = shrink(arena, image, size);
            try {
                check(
                        (int)
                                write.invokeExact(
                                        small, arena.allocateFrom(target), MemorySegment.NULL));
            } finally {
                unref.invokeExact(small);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private MemorySegment shrink(Arena arena, Path image, ThumbnailSize size) throws Throwable {
        MemorySegment result = arena.allocate(ADDRESS);
        // The first name that is null ends the list.
        MemorySegment lastName =
                hasProfile(arena, image)
                        ? arena.allocateFrom("export_profile")
                        : MemorySegment.NULL;
        check(
                (int)
                        thumbnail.invokeExact(
                                arena.allocateFrom(image.toString()),
                                result,
                                size.width(),
                                arena.allocateFrom("height"),
                                size.height(),
                                arena.allocateFrom("size"),
                                SIZE_DOWN,
                                arena.allocateFrom("fail_on"),
                                FAIL_ON_ERROR,
                                arena.allocateFrom("crop"),
                                size.cover() ? CROP_ATTENTION : CROP_NONE,
                                lastName,
                                arena.allocateFrom("srgb"),
                                MemorySegment.NULL));
        return result.get(ADDRESS, 0);
    }

    /**
     * Whether the image says which colours its numbers mean. Those of others mean sRGB, and taking
     * them through a profile would be half of all work. What cannot be opened shows later.
     */
    private boolean hasProfile(Arena arena, Path image) throws Throwable {
        MemorySegment header =
                (MemorySegment)
                        open.invokeExact(arena.allocateFrom(image.toString()), MemorySegment.NULL);
        if (header.equals(MemorySegment.NULL)) {
            errorClear.invokeExact();
            return false;
        }
        try {
            return (long) typeOf.invokeExact(header, arena.allocateFrom("icc-profile-data")) != 0;
        } finally {
            unref.invokeExact(header);
        }
    }

    private static RuntimeException failed(Throwable e) {
        return e instanceof RuntimeException known
                ? known
                : new IllegalStateException("libvips cannot be called", e);
    }

    private void check(int code) throws Throwable {
        if (code != 0) {
            throw new IOException(takeError());
        }
    }

    private String takeError() throws Throwable {
        String error = text((MemorySegment) errorText.invokeExact()).strip();
        errorClear.invokeExact();
        return error;
    }

    private static String text(MemorySegment characters) {
        return characters.reinterpret(Long.MAX_VALUE).getString(0);
    }
}
