package org.mtl4j.experiment.online;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.testkit.TestSeed;

class GrowingFilesTest {
  private static final FollowedFormat CSV = new FollowedFormat(true, Optional.of(","));
  private static final FollowedFormat LINES = new FollowedFormat(false, Optional.empty());
  private static final String HEADER = "name,x\n";

  @TempDir private Path folder;

  private final List<String> notes = new ArrayList<>();
  private Path logs;
  private int taken;

  @BeforeEach
  void make() throws IOException {
    logs = Files.createDirectory(folder.resolve("logs"));
  }

  private void append(String file, String text) throws IOException {
    Files.writeString(
        logs.resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private GrowingFiles.Found look(FollowedFormat format, List<FilePosition> positions)
      throws IOException {
    return new GrowingFiles(logs, format, notes::add).look(positions);
  }

  /** Takes what is there, and what was taken to train on and to judge by as text. */
  private UpdateRows take(FollowedFormat format, List<FilePosition> positions, double share)
      throws IOException {
    Path into = Files.createDirectory(folder.resolve("update-" + ++taken));
    return Segment.copied(look(format, positions), into, share);
  }

  private String text(List<String> files, String header) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : files) {
      String text = Files.readString(folder.resolve("update-" + taken).resolve(file));
      assertThat(text).startsWith(header);
      all.append(text.substring(header.length()));
    }
    return all.toString();
  }

  @Test
  void aHalfWrittenRecordWaits() throws IOException {
    append("a.csv", "name,");
    assertThat(look(CSV, List.of()).count()).isZero();
    append("a.csv", "x\nann,1\nbob");
    UpdateRows rows = take(CSV, List.of(), 0);
    assertThat(text(rows.train(), HEADER)).isEqualTo("ann,1\n");
    append("a.csv", ",2\n");
    assertThat(text(take(CSV, rows.next(), 0).train(), HEADER)).isEqualTo("bob,2\n");
  }

  @Test
  void aLineBreakBetweenQuotesEndsNothing() throws IOException {
    append("a.csv", HEADER + "\"ann\nb\",1\n5\" pipe,2\n\"say \"\"hi\n\"\"\",3\n\"open\n");
    GrowingFiles.Found found = look(CSV, List.of());
    assertThat(found.count()).isEqualTo(3);
  }

  @Test
  void whatWasHeldOutIsTrainedByTheNext() throws IOException {
    append("a.jsonl", "1\n2\n3\n4\n5\n6\n7\n");
    append("b.jsonl", "8\n9\n10\n");
    UpdateRows first = take(LINES, List.of(), 0.4);
    assertThat(text(first.train(), "")).isEqualTo("1\n2\n3\n4\n5\n6\n");
    assertThat(text(first.holdout(), "")).isEqualTo("7\n8\n9\n10\n");
    assertThat(look(LINES, first.next()).count()).isEqualTo(4);
    assertThat(look(LINES, first.ends()).count()).isZero();
    append("b.jsonl", "11\n");
    UpdateRows second = take(LINES, first.next(), 0.2);
    assertThat(text(second.train(), "")).isEqualTo("7\n8\n9\n10\n");
    assertThat(text(second.holdout(), "")).isEqualTo("11\n");
  }

  /** Whatever is added between two looks, and wherever a look cuts a record. */
  @Test
  void everyRecordIsTakenOnceAndInOrder() throws IOException {
    Random random = TestSeed.random();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      all.append(random.nextInt(5) == 0 ? "\"two\nlines, " + i + "\"" : "row " + i)
          .append(',')
          .append(i)
          .append('\n');
    }
    String rows = all.toString();
    append("a.csv", HEADER);
    StringBuilder trained = new StringBuilder();
    List<FilePosition> positions = List.of();
    String held = "";
    int written = 0;
    while (written < rows.length()) {
      int more = Math.min(rows.length(), written + 1 + random.nextInt(900));
      append("a.csv", rows.substring(written, more));
      written = more;
      if (look(CSV, positions).count() > 0) {
        UpdateRows update = take(CSV, positions, random.nextInt(4) / 10.0);
        trained.append(text(update.train(), HEADER));
        held = text(update.holdout(), HEADER);
        positions = update.next();
      }
    }
    assertThat(trained + held).as("seed " + TestSeed.value()).isEqualTo(rows);
  }

  @Test
  void aRotatedFileIsKnownByItsNewName() throws IOException {
    append("app.csv", HEADER + "ann,1\n");
    UpdateRows first = take(CSV, List.of(), 0);
    append("app.csv", "bob,2\n");
    Files.move(logs.resolve("app.csv"), logs.resolve("app.csv.1"));
    append("app.csv", HEADER + "cid,3\n");
    UpdateRows second = take(CSV, first.next(), 0);
    assertThat(text(second.train(), HEADER)).isEqualTo("cid,3\nbob,2\n");
    assertThat(notes)
        .containsExactly(
            "app.csv was begun anew and is read from its beginning; of what was there, it is"
                + " app.csv.1 now");
  }

  @Test
  void aFileThatIsCutOffIsReadAnew() throws IOException {
    append("a.csv", HEADER + "ann,1\nbob,2\n");
    UpdateRows first = take(CSV, List.of(), 0);
    Files.writeString(logs.resolve("a.csv"), HEADER + "cid,3\n");
    assertThat(text(take(CSV, first.next(), 0).train(), HEADER)).isEqualTo("cid,3\n");
    assertThat(notes).singleElement().asString().contains("begun anew", "its end is lost");
  }

  @Test
  void whatIsHiddenOrOnItsWayIsLeftAlone() throws IOException {
    append(".a.jsonl", "1\n");
    append("a.jsonl.tmp", "1\n");
    append("b.jsonl", "2\n");
    assertThat(text(take(LINES, List.of(), 0).train(), "")).isEqualTo("2\n");
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** While it is being packed there is nothing to take; whole, it is taken once. */
  @Test
  void aPackedFileIsTakenOnceItIsWhole() throws IOException {
    String rows = HEADER + "ann,1\nbob,2\ncid,3\ndan,4\n";
    byte[] whole = packed(rows);
    for (int length = 0; length < whole.length; length++) {
      Files.write(logs.resolve("a.csv.gz"), Arrays.copyOf(whole, length));
      assertThat(look(CSV, List.of()).count()).as("%d bytes", length).isZero();
    }
    Files.write(logs.resolve("a.csv.gz"), whole);
    UpdateRows first = take(CSV, List.of(), 0.25);
    assertThat(text(first.train(), HEADER)).isEqualTo("ann,1\nbob,2\ncid,3\n");
    assertThat(first.train()).singleElement().asString().endsWith("-a.csv");
    assertThat(text(first.holdout(), HEADER)).isEqualTo("dan,4\n");
    UpdateRows second = take(CSV, first.next(), 0);
    assertThat(text(second.train(), HEADER)).isEqualTo("dan,4\n");
    assertThat(look(CSV, second.next()).count()).isZero();
    assertThat(notes).isEmpty();
  }

  /** As logrotate does it: renamed, and packed a day later. */
  @Test
  void aFileThatWasTakenIsKnownWhenItIsPacked() throws IOException {
    append("app.csv", HEADER + "ann,1\nbob,2\n");
    UpdateRows first = take(CSV, List.of(), 0);
    append("app.csv", "cid,3\n");
    byte[] packed = packed(Files.readString(logs.resolve("app.csv")));
    Files.move(logs.resolve("app.csv"), logs.resolve("app.csv.1"));
    Files.write(logs.resolve("app.csv.1.gz"), packed); // Both are there for a moment.
    assertThat(text(take(CSV, first.next(), 0).train(), HEADER)).isEqualTo("cid,3\n");
    Files.delete(logs.resolve("app.csv.1"));
    UpdateRows second = take(CSV, first.next(), 0);
    assertThat(text(second.train(), HEADER)).isEqualTo("cid,3\n");
    assertThat(look(CSV, second.next()).count()).isZero();
    assertThat(notes).last().asString().endsWith("it is app.csv.1.gz now");
  }
}
