import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.RadialGradientPaint;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Draws and writes the sample files. Needs nothing but a JDK: {@code java
 * samples/generate/GenerateSamples.java samples}. The files are part of the project, so this runs
 * only when they are to change.
 */
final class GenerateSamples {
    private static final Random RANDOM = new Random(25);

    private GenerateSamples() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        byte[] photo = withOrientation6(jpeg(lyingOnItsSide(landscape()), 0.82f));
        Files.write(folder.resolve("photo-orientation-6.jpg"), photo);
        Files.write(folder.resolve("truncated-photo.jpg"), Arrays.copyOf(photo, photo.length / 2));
        ImageIO.write(badge(), "png", folder.resolve("badge-with-alpha.png").toFile());
        Files.write(folder.resolve("scanned-page.jpg"), jpeg(scan(), 0.6f));
        Files.write(folder.resolve("two-pages.pdf"), pdf(List.of(FIRST_PAGE, SECOND_PAGE)));
        Files.write(folder.resolve("really-a-pdf.jpg"), pdf(List.of(DISGUISED_PAGE)));
        Files.writeString(folder.resolve("notes.txt"), NOTES);
        Files.writeString(folder.resolve("tides.csv"), TIDES);
    }

    /** An upright scene: sky above, meadow below, a mill on the right. */
    private static BufferedImage landscape() {
        BufferedImage image = new BufferedImage(900, 1200, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = smooth(image.createGraphics());
        g.setPaint(new GradientPaint(0, 0, new Color(52, 104, 178), 0, 700, new Color(250, 214, 165)));
        g.fillRect(0, 0, 900, 1200);
        g.setPaint(
                new RadialGradientPaint(
                        260, 330, 240, new float[] {0, .25f, 1},
                        new Color[] {Color.WHITE, new Color(255, 240, 190, 220), new Color(255, 220, 150, 0)}));
        g.fillRect(0, 0, 900, 1200);
        ridge(g, 640, 130, new Color(112, 122, 158));
        ridge(g, 740, 90, new Color(78, 98, 116));
        water(g);
        g.setPaint(new GradientPaint(0, 900, new Color(92, 138, 62), 0, 1200, new Color(38, 66, 30)));
        g.fill(meadow());
        mill(g);
        for (int i = 0; i < 9; i++) {
            tree(g, 40 + i * 62 + RANDOM.nextInt(30), 985 + RANDOM.nextInt(60), 50 + RANDOM.nextInt(40));
        }
        g.dispose();
        grain(image, 9);
        return image;
    }

    private static void ridge(Graphics2D g, int base, int height, Color colour) {
        Polygon ridge = new Polygon();
        ridge.addPoint(0, 1200);
        for (int x = 0; x <= 900; x += 15) {
            double wave = Math.sin(x / 97.0) + .5 * Math.sin(x / 41.0 + base) + .2 * Math.sin(x / 13.0);
            ridge.addPoint(x, (int) (base - height * wave * .6));
        }
        ridge.addPoint(900, 1200);
        g.setColor(colour);
        g.fillPolygon(ridge);
    }

    private static void water(Graphics2D g) {
        g.setPaint(new GradientPaint(0, 800, new Color(236, 204, 160), 0, 960, new Color(60, 98, 132)));
        g.fillRect(0, 800, 900, 400);
        g.setStroke(new BasicStroke(2));
        for (int i = 0; i < 140; i++) {
            g.setColor(new Color(255, 250, 225, 40 + RANDOM.nextInt(70)));
            int x = RANDOM.nextInt(900);
            int y = 805 + RANDOM.nextInt(150);
            g.drawLine(x, y, x + 10 + RANDOM.nextInt(50), y);
        }
    }

    private static Path2D meadow() {
        Path2D meadow = new Path2D.Double();
        meadow.moveTo(0, 960);
        meadow.curveTo(250, 880, 500, 1010, 900, 890);
        meadow.lineTo(900, 1200);
        meadow.lineTo(0, 1200);
        meadow.closePath();
        return meadow;
    }

    private static void mill(Graphics2D g) {
        g.setPaint(new GradientPaint(620, 0, new Color(236, 222, 200), 790, 0, new Color(128, 104, 88)));
        g.fillPolygon(new int[] {645, 765, 790, 620}, new int[] {640, 640, 980, 980}, 4);
        g.setColor(new Color(120, 48, 40));
        g.fillPolygon(new int[] {630, 705, 780}, new int[] {645, 560, 645}, 3);
        g.setColor(new Color(70, 46, 34));
        g.fillRect(680, 890, 50, 90);
        AffineTransform upright = g.getTransform();
        for (int arm = 0; arm < 4; arm++) {
            g.setTransform(upright);
            g.rotate(Math.toRadians(22 + 90 * arm), 705, 650);
            g.setColor(new Color(60, 44, 36));
            g.fillRect(702, 440, 6, 210);
            g.setColor(new Color(240, 232, 214, 230));
            g.fillRect(710, 450, 42, 160);
        }
        g.setTransform(upright);
    }

    private static void tree(Graphics2D g, int x, int y, int size) {
        g.setColor(new Color(64, 44, 30));
        g.fillRect(x - 4, y, 8, size / 2);
        for (int i = 0; i < 60; i++) {
            g.setColor(new Color(30 + RANDOM.nextInt(50), 80 + RANDOM.nextInt(70), 30));
            int r = size / 4;
            g.fillOval(
                    x - size / 2 + RANDOM.nextInt(size) - r / 2,
                    y - size + RANDOM.nextInt(size) - r / 2,
                    r,
                    r);
        }
    }

    /** What a camera stores that was held upright: turned by a quarter, to the left. */
    private static BufferedImage lyingOnItsSide(BufferedImage upright) {
        BufferedImage stored =
                new BufferedImage(upright.getHeight(), upright.getWidth(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < upright.getHeight(); y++) {
            for (int x = 0; x < upright.getWidth(); x++) {
                stored.setRGB(y, upright.getWidth() - 1 - x, upright.getRGB(x, y));
            }
        }
        return stored;
    }

    private static BufferedImage badge() {
        BufferedImage image = new BufferedImage(480, 360, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = smooth(image.createGraphics());
        for (int i = 0; i < 3; i++) {
            Path2D wave = new Path2D.Double();
            wave.moveTo(20, 220 + 35 * i);
            wave.curveTo(140, 150 + 35 * i, 300, 290 + 35 * i, 460, 200 + 35 * i);
            g.setStroke(new BasicStroke(22, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.setColor(new Color(20, 110 + 30 * i, 190, 230 - 60 * i));
            g.draw(wave);
        }
        g.setColor(new Color(240, 150, 40, 200));
        g.fillOval(190, 30, 110, 110);
        g.dispose();
        return image;
    }

    /** A typed page as an office scanner delivers it: grey, a little crooked, a little dirty. */
    private static BufferedImage scan() {
        BufferedImage page = new BufferedImage(1240, 1100, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = smooth(page.createGraphics());
        g.setColor(new Color(246, 246, 246));
        g.fillRect(0, 0, 1240, 1100);
        g.rotate(Math.toRadians(0.6), 620, 550);
        g.setColor(new Color(38, 38, 38));
        g.setFont(new Font(Font.SERIF, Font.BOLD, 44));
        g.drawString(SCANNED.getFirst(), 110, 150);
        g.setFont(new Font(Font.SERIF, Font.PLAIN, 32));
        for (int i = 1; i < SCANNED.size(); i++) {
            g.drawString(SCANNED.get(i), 110, 190 + 56 * i);
        }
        g.dispose();
        grain(page, 7);
        return page;
    }

    private static void grain(BufferedImage image, int strength) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                Color c = new Color(image.getRGB(x, y));
                int n = (int) (RANDOM.nextGaussian() * strength);
                image.setRGB(
                        x, y, new Color(clip(c.getRed() + n), clip(c.getGreen() + n), clip(c.getBlue() + n)).getRGB());
            }
        }
    }

    private static int clip(int value) {
        return Math.clamp(value, 0, 255);
    }

    private static Graphics2D smooth(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return g;
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(quality);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.setOutput(ImageIO.createImageOutputStream(bytes));
        writer.write(null, new IIOImage(image, null, null), settings);
        writer.dispose();
        return bytes.toByteArray();
    }

    /** Puts an Exif block (big-endian TIFF) behind the start of the image, as cameras do. */
    private static byte[] withOrientation6(byte[] jpeg) {
        byte[] make = "Tidemill\0".getBytes(StandardCharsets.US_ASCII);
        byte[] time = "2026:06:21 18:30:00\0".getBytes(StandardCharsets.US_ASCII);
        int values = 8 + 2 + 3 * 12 + 4;
        ByteBuffer exif = ByteBuffer.allocate(6 + values + make.length + time.length);
        exif.put("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 3);
        field(exif, 0x010F, 2, make.length, values);
        field(exif, 0x0112, 3, 1, 6 << 16);
        field(exif, 0x0132, 2, time.length, values + make.length);
        exif.putInt(0).put(make).put(time);
        ByteBuffer all = ByteBuffer.allocate(jpeg.length + 4 + exif.capacity());
        all.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (2 + exif.capacity()));
        return all.put(exif.array()).put(jpeg, 2, jpeg.length - 2).array();
    }

    private static void field(ByteBuffer exif, int tag, int type, int count, int value) {
        exif.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    /** A plain PDF 1.4 with one text block a page. */
    private static byte[] pdf(List<List<String>> pages) {
        List<String> objects = new ArrayList<>();
        objects.add("<< /Type /Catalog /Pages 2 0 R >>");
        StringBuilder kids = new StringBuilder();
        for (int i = 0; i < pages.size(); i++) {
            kids.append(4 + 2 * i).append(" 0 R ");
        }
        objects.add("<< /Type /Pages /Count %d /Kids [ %s] >>".formatted(pages.size(), kids));
        objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
        for (int i = 0; i < pages.size(); i++) {
            objects.add(
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
                            .formatted(5 + 2 * i));
            String text = text(pages.get(i));
            objects.add("<< /Length %d >>\nstream\n%s\nendstream".formatted(text.length(), text));
        }
        return assemble(objects).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(List<String> lines) {
        StringBuilder text = new StringBuilder("BT /F1 20 Tf 28 TL 72 760 Td (" + lines.getFirst() + ") Tj /F1 12 Tf 20 TL T*");
        lines.stream().skip(1).forEach(line -> text.append("\nT* (").append(line).append(") Tj"));
        return text.append("\nET").toString();
    }

    private static String assemble(List<String> objects) {
        StringBuilder pdf = new StringBuilder("%PDF-1.4\n");
        StringBuilder places = new StringBuilder("0000000000 65535 f \n");
        for (int i = 0; i < objects.size(); i++) {
            places.append("%010d 00000 n \n".formatted(pdf.length()));
            pdf.append("%d 0 obj\n%s\nendobj\n".formatted(i + 1, objects.get(i)));
        }
        int size = objects.size() + 1;
        String end = "xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n";
        return pdf + end.formatted(size, places, size, pdf.length());
    }

    private static final List<String> FIRST_PAGE =
            List.of(
                    "The tide mill",
                    "A tide mill is driven by the rise and fall of the sea.",
                    "At high water the pond behind the dam fills through gates.",
                    "When the sea has fallen, the miller lets the water out",
                    "over the wheel, and the stones begin to turn.",
                    "Twice a day there is work, whatever the weather.");

    private static final List<String> SECOND_PAGE =
            List.of(
                    "What it grinds",
                    "Wheat in autumn, barley in spring, and oats for horses.",
                    "Every sack is weighed on its way in and on its way out.",
                    "No sack is ever lost, and none is ground twice.");

    private static final List<String> DISGUISED_PAGE =
            List.of(
                    "Not a photograph",
                    "This file is named like a photograph, but it is a PDF.",
                    "Only its first bytes tell the truth.");

    private static final List<String> SCANNED =
            List.of(
                    "Delivery note 4711",
                    "Dear miller,",
                    "please find with this letter twelve sacks of wheat and",
                    "three sacks of barley, as ordered on the first of May.",
                    "The cart will come back for the flour on Thursday at",
                    "noon, when the tide is low. Kindly have it ready by then.",
                    "One sack of wheat was wet from the rain. We have marked",
                    "it with a red cord and do not charge for it.",
                    "Total weight: 1350 kilograms",
                    "With kind regards,",
                    "The harbour farm");

    private static final String NOTES =
            """
            Notes from the mill

            Monday: the gate was stuck; grease helped.
            Dienstag: Flügel überprüft, alles gut.
            Mercredi : la marée était très haute, 12,4 m.
            木曜日: 新しい石が届いた。
            """;

    private static final String TIDES =
            """
            date,high water,height in m,remark
            2026-06-01,05:12,4.31,
            2026-06-01,17:40,4.52,"spring tide, gate opened late"
            2026-06-02,06:01,4.60,
            2026-06-02,18:27,4.71,"the miller said: ""enough""\"
            2026-06-03,06:49,4.78,
            """;
}
