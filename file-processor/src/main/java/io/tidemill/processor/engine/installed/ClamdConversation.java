package io.tidemill.processor.engine.installed;

import io.tidemill.processor.operation.BytesDone;
import io.tidemill.processor.operation.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One command to clamd and its reply, within a time: a watcher closes the socket when it is over,
 * which ends a read or write that hangs.
 */
final class ClamdConversation implements AutoCloseable {
    private static final int CHUNK = 64 * 1024;
    private static final int LONGEST_REPLY = 4 * 1024;

    private final SocketChannel channel;
    private final Thread watcher;
    private volatile boolean late;

    private ClamdConversation(SocketChannel channel, Duration time) {
        this.channel = channel;
        this.watcher = Thread.ofVirtual().start(() -> closeAfter(time));
    }

    static ClamdConversation open(SocketAddress address, Duration time)
            throws IOException, InterruptedException {
        SocketChannel channel =
                address instanceof UnixDomainSocketAddress
                        ? SocketChannel.open(StandardProtocolFamily.UNIX)
                        : SocketChannel.open();
        ClamdConversation conversation = new ClamdConversation(channel, time);
        try {
            conversation.guarded(() -> Boolean.toString(channel.connect(address)));
            return conversation;
        } catch (IOException | InterruptedException e) {
            conversation.close();
            throw e;
        }
    }

    /** Something that blocks on the socket. */
    @FunctionalInterface
    private interface Exchange {
        String run() throws IOException;
    }

    String ask(String command) throws IOException, InterruptedException {
        return guarded(
                () -> {
                    send(command(command));
                    return reply();
                });
    }

    String scan(Path file, Progress progress) throws IOException, InterruptedException {
        return guarded(
                () -> {
                    try {
                        stream(file, progress);
                    } catch (ClosedChannelException e) {
                        throw e;
                    } catch (IOException e) {
                        return replyAfter(e);
                    }
                    return reply();
                });
    }

    private void stream(Path file, Progress progress) throws IOException {
        send(command("INSTREAM"));
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES + CHUNK);
        try (FileChannel source = FileChannel.open(file)) {
            BytesDone sent = new BytesDone(progress, source.size());
            while (source.read(buffer.clear().position(Integer.BYTES)) > 0) {
                int chunk = buffer.position() - Integer.BYTES;
                send(buffer.flip().putInt(0, chunk));
                sent.add(chunk);
            }
        }
        send(buffer.clear().putInt(0).flip());
    }

    /** It hangs up in the midst of a stream that is too long for it, but says so before. */
    private String replyAfter(IOException broken) throws IOException {
        String reply = reply();
        if (reply.isEmpty()) {
            throw broken;
        }
        return reply;
    }

    private static ByteBuffer command(String name) {
        return ByteBuffer.wrap(("z" + name + "\0").getBytes(StandardCharsets.US_ASCII));
    }

    private void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private String reply() throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_REPLY);
        while (reply.size() < LONGEST_REPLY && channel.read(buffer.clear()) > 0) {
            reply.write(buffer.array(), 0, buffer.position());
        }
        return reply.toString(StandardCharsets.UTF_8).replace("\0", "").strip();
    }

    private String guarded(Exchange exchange) throws IOException, InterruptedException {
        try {
            return exchange.run();
        } catch (ClosedByInterruptException _) {
            Thread.interrupted();
            throw new InterruptedException("interrupted while talking to clamd");
        } catch (IOException e) {
            if (late) {
                throw (IOException) new SocketTimeoutException("clamd is too slow").initCause(e);
            }
            throw e;
        }
    }

    private void closeAfter(Duration time) {
        try {
            Thread.sleep(time);
            late = true;
            channel.close();
        } catch (InterruptedException | IOException _) {
            return; // The conversation is over.
        }
    }

    @Override
    public void close() throws IOException {
        watcher.interrupt();
        channel.close();
    }
}
