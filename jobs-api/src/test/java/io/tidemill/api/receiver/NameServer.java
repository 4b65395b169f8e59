package io.tidemill.api.receiver;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A DNS server (RFC 1035) over UDP that says about every name what a test wants it to say, each
 * time anew: answers may be kept for no time at all.
 */
public final class NameServer implements AutoCloseable {
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int IN = 1;
    private static final int ANSWER = 0x8180;
    private static final int POINTER_TO_QUESTION = 0xc00c;

    /** What it says. */
    public interface Zone {
        /**
         * Addresses of either kind.
         *
         * @param time how often this name was asked for its addresses of this kind before
         */
        List<String> addresses(String name, int time);
    }

    private record Question(int id, byte[] bytes, String name, int type) {}

    private final DatagramSocket socket;
    private final Zone zone;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public NameServer(Zone zone) {
        this.zone = zone;
        try {
            socket = new DatagramSocket(0, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    /** As a setting has it. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** How often it was asked for the v4 addresses of that name. */
    public int askedFor(String name) {
        return times(name, A);
    }

    private int times(String name, int type) {
        return (int) asked.stream().filter((name + " " + type)::equals).count();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                byte[] answer = answer(question(packet));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException _) {
                // closed by the test
            }
        }
    }

    private static Question question(DatagramPacket packet) throws IOException {
        byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int id = in.readUnsignedShort();
        in.skipNBytes(10);
        StringBuilder name = new StringBuilder();
        int read = 12;
        for (int length = in.readUnsignedByte(); length > 0; length = in.readUnsignedByte()) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(in.readNBytes(length), StandardCharsets.US_ASCII));
            read += length + 1;
        }
        int type = in.readUnsignedShort();
        return new Question(id, Arrays.copyOfRange(bytes, 12, read + 5), name.toString(), type);
    }

    private byte[] answer(Question question) throws IOException {
        int time = times(question.name, question.type);
        asked.add(question.name + " " + question.type);
        List<byte[]> records =
                zone.addresses(question.name, time).stream()
                        .flatMap(address -> record(address, question.type))
                        .toList();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int field : new int[] {question.id, ANSWER, 1, records.size(), 0, 0}) {
            out.writeShort(field);
        }
        out.write(question.bytes);
        for (byte[] record : records) {
            for (int field : new int[] {POINTER_TO_QUESTION, question.type, IN, 0, 0}) {
                out.writeShort(field); // the last two: time to live
            }
            out.writeShort(record.length);
            out.write(record);
        }
        return bytes.toByteArray();
    }

    /** The bytes of an address, if it is of the kind asked for. A mapped one stays mapped. */
    private static Stream<byte[]> record(String address, int type) {
        boolean mapped = address.startsWith("::ffff:");
        byte[] bytes = InetAddress.ofLiteral(address).getAddress();
        if (mapped) {
            byte[] sixteen = new byte[16];
            sixteen[10] = sixteen[11] = (byte) 0xff;
            System.arraycopy(bytes, 0, sixteen, 12, 4);
            bytes = sixteen;
        }
        return type == (bytes.length == 4 ? A : AAAA) ? Stream.of(bytes) : Stream.empty();
    }

    @Override
    public void close() {
        socket.close();
    }
}
