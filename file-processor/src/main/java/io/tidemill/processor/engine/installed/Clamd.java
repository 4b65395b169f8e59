package io.tidemill.processor.engine.installed;

import io.tidemill.processor.operation.Progress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The ClamAV daemon (package clamav-daemon), spoken to over its socket; files are streamed to it
 * (INSTREAM in clamd(8)), so that it needs no access to ours.
 */
public final class Clamd {
    private static final Path DEBIAN_SOCKET = Path.of("/run/clamav/clamd.ctl");
    private static final Duration PROBE_TIME = Duration.ofSeconds(2);

    private final SocketAddress address;

    private Clamd(SocketAddress address) {
        this.address = address;
    }

    /**
     * A daemon that is said to be there, whether or not it answers now.
     *
     * @param address {@code host:port} or the absolute path of a Unix socket
     */
    public static Clamd at(String address) {
        if (address.startsWith("/")) {
            return new Clamd(UnixDomainSocketAddress.of(address));
        }
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("neither host:port nor a socket path: " + address);
        }
        int port = Integer.parseInt(address.substring(colon + 1));
        return new Clamd(new InetSocketAddress(address.substring(0, colon), port));
    }

    /** The daemon at Debian's usual socket, if it answers. */
    public static Optional<Clamd> find() {
        return Optional.of(DEBIAN_SOCKET)
                .filter(Files::exists)
                .map(socket -> at(socket.toString()))
                .filter(clamd -> clamd.version().isPresent());
    }

    /** Engine and signature version, such as {@code 1.4.6/27500}; empty when it does not answer. */
    public Optional<String> version() {
        try (ClamdConversation conversation = ClamdConversation.open(address, PROBE_TIME)) {
            String reply = conversation.ask("VERSION");
            return reply.startsWith("ClamAV ")
                    ? Optional.of(withoutDate(reply.substring("ClamAV ".length())))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Streams a file to the daemon.
     *
     * @param progress hears how many bytes were sent
     * @return its reply, such as {@code stream: OK} or {@code stream: Name FOUND}
     * @throws java.net.SocketTimeoutException when it takes longer than {@code time}
     * @throws IOException when the daemon cannot be reached or goes away
     */
    public String scan(Path file, Duration time, Progress progress)
            throws IOException, InterruptedException {
        try (ClamdConversation conversation = ClamdConversation.open(address, time)) {
            return conversation.scan(file, progress);
        }
    }

    /** {@code 1.4.6/27500/Mon Nov 23 …}: the date says nothing the number does not. */
    private static String withoutDate(String version) {
        String[] parts = version.split("/", 3);
        return parts.length < 2 ? version : parts[0] + "/" + parts[1];
    }
}
