package org.mtl4j.data.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.data.source.TfRecordBytes.bytes;
import static org.mtl4j.data.source.TfRecordBytes.example;
import static org.mtl4j.data.source.TfRecordBytes.field;
import static org.mtl4j.data.source.TfRecordBytes.floats;
import static org.mtl4j.data.source.TfRecordBytes.header;
import static org.mtl4j.data.source.TfRecordBytes.int64;
import static org.mtl4j.data.source.TfRecordBytes.join;
import static org.mtl4j.data.source.TfRecordBytes.nothing;
import static org.mtl4j.data.source.TfRecordBytes.record;
import static org.mtl4j.data.source.TfRecordBytes.texts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.data.source.sql.SourceRows;
import org.mtl4j.testkit.PythonTensorFlow;

class TfRecordSourceTest {
  /** Three records by Python TensorFlow 2.21: {@code python tfrecord.py FOLDER}. */
  private static final String GOLDEN =
      "UAAAAAAAAACUD5uCCk4KEQoFcHJpY2USCBIGCgTNzMw9ChcKBHNlZW4SDxoNCgsB////////////AQoRCgR0YWdzEgkK"
          + "BwoBYQoCw7wKDQoEdXNlchIFGgMKAQdj7Z+EMQAAAAAAAACdg4PpCi8KCwoFcHJpY2USAhIACggKBHRhZ3MSAAoW"
          + "CgR1c2VyEg4aDAoK/////////+//AdxRKodHAAAAAAAAALrD+5sKRQodCgVwcmljZRIUEhIKEOx4rWAAAACAAACA"
          + "SwAAwH8KDQoEdGFncxIFCgMKASAKFQoEdXNlchINGgsKCf//////////f/alHAc=";

  private static final List<List<String>> GOLDEN_ROWS =
      List.of(
          List.of("0.1", "1|-1", "a|ü", "7"),
          Arrays.asList(null, null, null, "-9007199254740993"),
          Arrays.asList("1.0E20|0|16777216|", null, null, "9223372036854775807"));

  private static final String FETCH =
      " Fetch or write the file again; nothing behind this place can be read.";

  @TempDir Path folder;

  @Test
  void filesOfPythonTensorFlowAreRead() {
    TfRecordSource source = source(Base64.getDecoder().decode(GOLDEN));
    assertThat(source.columns().names()).containsExactly("price", "seen", "tags", "user");
    assertThat(source.columns().all()).allMatch(column -> column.type() == ColumnType.UNTYPED);
    assertThat(rows(source)).isEqualTo(GOLDEN_ROWS);
    assertThat(source.warnings()).isEmpty();
  }

  @Test
  void pythonTensorFlowWritesAndReadsTheSameWhereItIsInstalled() throws Exception {
    PythonTensorFlow.assumeThere();
    byte[] row = example(int64("user", -3, 1L << 62), floats("price", 2.5f), texts("tag", "ß"));
    TestFiles.write(folder.resolve("java.tfrecord"), join(row, example(int64("user", 4))));
    String output = PythonTensorFlow.run(getClass(), "tfrecord.py", folder, folder.toString());
    assertThat(output.lines())
        .containsExactly(
            GOLDEN,
            "[{\"price\":[2.5],\"tag\":[\"\\u00df\"],\"user\":[-3,4611686018427387904]},{\"user\":[4]}]");
    assertThat(rows(source(folder.resolve("golden.tfrecord")))).isEqualTo(GOLDEN_ROWS);
    assertThat(rows(source(folder.resolve("golden-gzip.tfrecord")))).isEqualTo(GOLDEN_ROWS);
  }

  @Test
  void packedFilesAreUnpackedByNameOrByTheirFirstBytes() {
    byte[] golden = Base64.getDecoder().decode(GOLDEN);
    for (Path file :
        List.of(
            TestFiles.gzip(folder.resolve("a.tfrecord.gz"), golden),
            TestFiles.zstd(folder.resolve("b.tfrecord.zst"), golden),
            TestFiles.gzip(folder.resolve("part-00000-of-00001"), golden))) {
      assertThat(rows(source(file))).isEqualTo(GOLDEN_ROWS);
    }
  }

  @Test
  void declaredFeaturesAreReadAndNoOthers() {
    byte[] image = bytes("image", new byte[] {(byte) 0xff, (byte) 0xd8});
    Map<String, TfKind> columns = new LinkedHashMap<>();
    columns.put("user", TfKind.INT64);
    columns.put("gone", TfKind.FLOAT);
    columns.put("tags", TfKind.BYTES);
    TfRecordSource source =
        new TfRecordSource(
            TfRecordConfig.of(file(example(image, texts("tags", "x|y"), int64("user", 1))))
                .withColumns(columns));
    assertThat(source.columns().names()).containsExactly("user", "gone", "tags");
    assertThat(rows(source)).containsExactly(Arrays.asList("1", null, "x|y"));
    assertThat(source.warnings()).containsExactly("The feature \"gone\" has no value in any row.");
  }

  @Test
  void aDeclaredFeatureOfAnotherKindIsRefused() {
    TfRecordConfig config =
        TfRecordConfig.of(file(example(floats("user", 1))))
            .withColumns(Map.of("user", TfKind.INT64));
    assertProblem(
        new TfRecordSource(config),
        ErrorCode.DATA_VALUE,
        "t.tfrecord, record 1: The feature \"user\" is in data.source.columns as int64: expected"
            + " that here too, found float \"1\". Write the feature as int64 everywhere, or set"
            + " data.source.on_bad_row: skip.");
  }

  @Test
  void aFeatureKeepsItsKindFromItsFirstValueOn() {
    assertProblem(
        source(example(int64("a", 1)), example(int64("a")), example(floats("a", .5f, 2))),
        ErrorCode.DATA_VALUE,
        "t.tfrecord, record 3: The feature \"a\" began as int64: expected that here too, found"
            + " float \"0.5|2\". Write the feature as one of them everywhere, or set"
            + " data.source.on_bad_row: skip.");
    byte[][] late = new byte[TfRecordTable.SAMPLE_ROWS + 2][];
    Arrays.fill(late, example(nothing("a"), int64("b", 1)));
    late[TfRecordTable.SAMPLE_ROWS] = example(texts("a", "x"));
    late[TfRecordTable.SAMPLE_ROWS + 1] = example(int64("a", 2));
    assertProblem(
        source(late),
        ErrorCode.DATA_VALUE,
        "t.tfrecord, record 1002: The feature \"a\" began as bytes: expected that here too, found"
            + " int64 \"2\". Write the feature as one of them everywhere, or set"
            + " data.source.on_bad_row: skip.");
  }

  @Test
  void aValueOfAListHoldsNoSeparator() {
    String message =
        ": Expected values without \"|\", which joins them, in the feature \"a\", found \"x|y\"."
            + " Set data.source.separator, and the feature's separator too, to a character that no"
            + " value holds.";
    assertThat(rows(source(example(texts("a", "x|y"))))).containsExactly(List.of("x|y"));
    assertRefused("t.tfrecord, record 1" + message, example(texts("a", "x|y", "z")));
    assertRefused(
        "t.tfrecord, record 1" + message,
        example(texts("a", "x|y")),
        example(texts("a", "x", "z")));
  }

  @Test
  void featuresThatComeLaterAreNamed() {
    byte[][] records = new byte[TfRecordTable.SAMPLE_ROWS + 1][];
    Arrays.fill(records, example(int64("a", 1)));
    records[TfRecordTable.SAMPLE_ROWS] = example(int64("z", 1), nothing("y"));
    TfRecordSource source = source(records);
    assertThat(rows(source)).last().isEqualTo(Arrays.asList((String) null));
    assertThat(source.warnings())
        .containsExactly(
            "Features that the first 1,000 rows lack were not read: \"z\"; name all columns in"
                + " data.source.columns to read them.");
  }

  @Test
  void brokenFramesAreRefused() {
    byte[] good = example(int64("a", 1));
    byte[] length = good.clone();
    length[0] ^= 1;
    assertRefused(
        "t.tfrecord, record 1: Expected the checksum 092b536d behind the record's length, found"
            + " 3f69e5c5. Check that this is a TFRecord file, not packed or packed by GZIP (ZLIB is"
            + " not read); if it is one, fetch or write it again.",
        length);
    assertRefused(
        "t.tfrecord, record 2: Expected the checksum 092b536d behind the record's length, found"
            + " 3f69e5c5."
            + FETCH,
        good,
        length);
    assertRefused(
        "t.tfrecord, record 2: Expected 12 bytes of the record's length and its checksum, found"
            + " that the file ends after 5 of them."
            + FETCH,
        good,
        Arrays.copyOf(good, 5));
    assertRefused(
        "t.tfrecord, record 2: Expected 18 bytes of the record's bytes and their checksum, found"
            + " that the file ends after 17 of them."
            + FETCH,
        good,
        Arrays.copyOf(good, good.length - 1));
    assertRefused(
        "t.tfrecord, record 1: Expected a record of at most 67,108,864 bytes, found the length"
            + " 18446744073709551615. Write smaller records: one tf.Example is one row.",
        header(-1));
    assertRefused(
        "t.tfrecord, record 1: Expected a record of at most 67,108,864 bytes, found the length"
            + " 67108865. Write smaller records: one tf.Example is one row.",
        header(TfRecordFile.MAX_BYTES + 1));
  }

  @Test
  void recordsThatAreNoRowsAreRefused() {
    byte[] damaged = example(int64("a", 1));
    damaged[16] ^= 1;
    assertRefused(
        "t.tfrecord, record 1: Expected the checksum fd4156a5 behind the record's 14 bytes, found"
            + " 5078e839. Fetch or write the file again, or set data.source.on_bad_row: skip to"
            + " leave such records out.",
        damaged);
    String example = " Write every row as a tf.train.Example, or set data.source.on_bad_row: skip.";
    assertRefused(
        "t.tfrecord, record 1: Expected a tf.Example, found bytes that are none." + example,
        record("no message".getBytes(UTF_8)));
    assertRefused(
        "t.tfrecord, record 1: Expected a tf.Example, found a message of another kind, a"
            + " tf.SequenceExample perhaps."
            + example,
        record(join(field(1, int64("a", 1)), field(2, new byte[0]))));
    assertRefused(
        "t.tfrecord, record 1: Expected text in UTF-8 in the feature \"image\", found 2 bytes that"
            + " are none. Name the features to read and their types, without this one, in"
            + " data.source.columns, or set data.source.on_bad_row: skip.",
        example(bytes("image", new byte[] {(byte) 0xff, 1})));
  }

  @Test
  void badRowsCanBeSkippedUpToANumber() {
    byte[] damaged = example(int64("a", 1));
    damaged[damaged.length - 1] ^= 1;
    byte[][] records = {
      example(int64("a", 1)), damaged, example(texts("a", "x")), example(int64("a", 4))
    };
    TfRecordSource source = new TfRecordSource(skipping(2, records));
    assertThat(rows(source)).containsExactly(List.of("1"), List.of("4"));
    assertThat(source.warnings().toString().replace(folder + "/", ""))
        .isEqualTo("[2 bad rows were left out: t.tfrecord, record 2; t.tfrecord, record 3.]");
    assertProblem(
        new TfRecordSource(skipping(1, records)),
        ErrorCode.DATA_VALUE,
        "t.tfrecord, record 3: Expected at most 1 bad row, found one more: The feature \"a\" began"
            + " as int64: expected that here too, found bytes \"x\". Check that it is a TFRecord"
            + " file of tf.Example; if so many rows are bad indeed, raise"
            + " data.source.max_bad_rows.");
    assertThat(problem(() -> new TfRecordSource(skipping(5, Arrays.copyOf(damaged, 20)))))
        .startsWith("t.tfrecord, record 1: Expected 18 bytes of the record's bytes");
  }

  @Test
  void filesWithoutRowsAreOfTheirCode() {
    String none =
        "t.tfrecord: Expected at least one row, a tf.Example with a feature, found none%s. Check"
            + " the file and the path to it.";
    assertThat(problem(() -> source(new byte[0]))).isEqualTo(none.formatted(""));
    assertThat(problem(() -> source(record(new byte[0])))).isEqualTo(none.formatted(""));
    assertThat(problem(() -> new TfRecordSource(skipping(5, record("bad".getBytes(UTF_8))))))
        .isEqualTo(none.formatted("; bad rows left out: 1"));
  }

  @Test
  void otherPackingsAndDamagedOnesAreNamed() throws IOException {
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(example(int64("a", 1)));
    }
    assertThat(problem(() -> source(zlib.toByteArray())))
        .startsWith("t.tfrecord, record 1: Expected the checksum ")
        .endsWith(
            " Check that this is a TFRecord file, not packed or packed by GZIP (ZLIB is not read);"
                + " if it is one, fetch or write it again.");
    Path packed = TestFiles.gzip(folder.resolve("t.tfrecord"), Base64.getDecoder().decode(GOLDEN));
    TestFiles.write(packed, Arrays.copyOf(Files.readAllBytes(packed), 100));
    assertThat(problem(() -> rows(source(packed))))
        .isEqualTo(
            "t.tfrecord: Expected what gzip has packed, as the first bytes say, found that the file"
                + " is cut off. Fetch or pack it again.");
  }

  private TfRecordConfig skipping(int max, byte[]... records) {
    return new TfRecordConfig(
        List.of(file(records)), Optional.empty(), null, null, OnBadRow.SKIP, max);
  }

  private String file(byte[]... records) {
    return TestFiles.write(folder.resolve("t.tfrecord"), join(records)).toString();
  }

  private TfRecordSource source(byte[]... records) {
    return new TfRecordSource(TfRecordConfig.of(file(records)));
  }

  private static TfRecordSource source(Path file) {
    return new TfRecordSource(TfRecordConfig.of(file.toString()));
  }

  private void assertRefused(String message, byte[]... records) {
    assertThat(problem(() -> rows(source(records)))).isEqualTo(message);
  }

  private void assertProblem(BatchSource source, ErrorCode code, String message) {
    Problem problem = SourceRows.problem(() -> rows(source));
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.toString().replace(folder + "/", "")).isEqualTo(message);
  }

  private String problem(ThrowingCallable call) {
    return SourceRows.problem(call).toString().replace(folder + "/", "");
  }

  private static List<List<String>> rows(BatchSource source) {
    return SourceRows.of(source, 7);
  }
}
