package org.mtl4j.experiment.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.model.Predictions;

/** Rows come back from a file as they were, and no byte of it can change unnoticed. */
class KeptRowsTest {
  private static final KeptOutput CLICK = new KeptOutput("click", 1, 0, List.of());
  private static final KeptOutput GENRE = new KeptOutput("genre", 2, 2, List.of("a", "b"));

  @TempDir private Path folder;

  private static KeptBlock block(long first, float[] clicks, float score) {
    int n = clicks.length;
    long[] records = new long[n];
    boolean[] mask = new boolean[n];
    float[] weights = new float[n];
    float[] scores = new float[n];
    float[] genres = new float[2 * n];
    int[] groups = new int[n];
    for (int r = 0; r < n; r++) {
      records[r] = first + r;
      mask[r] = r != 1;
      weights[r] = r + 0.5f;
      scores[r] = score + r;
      genres[2 * r] = 1;
      groups[r] = 7 - r;
    }
    return new KeptBlock(
        records,
        new Predictions(n, Map.of("click", scores, "genre", genres)),
        Map.of(
            "click", new LabelColumn(clicks, mask, weights),
            "genre", new LabelColumn(genres, mask, weights, 2)),
        Optional.of(groups));
  }

  private Path write(KeptBlock... blocks) throws IOException {
    Path file = folder.resolve("predictions").resolve("test.bin");
    try (KeptWriter writer = new KeptWriter(file, List.of(CLICK, GENRE))) {
      for (KeptBlock block : blocks) {
        writer.add(block);
      }
      writer.finish().finish();
    }
    return file;
  }

  @Test
  void rowsComeBackAsTheyWere() throws IOException {
    KeptBlock first = block(5_000_000_000L, new float[] {1, 0, 1}, 0.25f);
    KeptBlock second = block(6_000_000_000L, new float[] {0}, -2);
    KeptRows kept = KeptRows.open(write(first, second));

    assertThat(kept.rows()).isEqualTo(4);
    assertThat(kept.outputs()).containsExactly(CLICK, GENRE);
    List<KeptBlock> read = new ArrayList<>();
    kept.forEach(read::add);
    assertThat(read).usingRecursiveComparison().isEqualTo(List.of(first, second));
  }

  /** As docs/run-folder.md says for programs in other languages. */
  @Test
  void anotherProgramFindsTheNumbersWhereTheDocumentationSays() throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(write(block(3, new float[] {1, 0}, 0.5f))))
            .order(ByteOrder.LITTLE_ENDIAN);

    byte[] magic = new byte[8];
    bytes.get(magic);
    assertThat(new String(magic, StandardCharsets.US_ASCII)).isEqualTo("MTL4JROW");
    byte[] header = new byte[bytes.getInt()];
    bytes.get(header);
    assertThat(new String(header, StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"format\":1,\"grouped\":true,\"outputs\":["
                + "{\"name\":\"click\",\"predictions\":1,\"labelClasses\":0,\"classes\":[]},"
                + "{\"name\":\"genre\",\"predictions\":2,\"labelClasses\":2,\"classes\":[\"a\",\"b\"]}]}");
    assertThat(bytes.getInt()).isEqualTo(2);
    assertThat(new long[] {bytes.getLong(), bytes.getLong()}).containsExactly(3, 4);
    assertThat(new int[] {bytes.getInt(), bytes.getInt()}).containsExactly(7, 6);
    assertThat(new byte[] {bytes.get(), bytes.get()}).containsExactly(1, 0);
    float[] click = new float[6];
    for (int i = 0; i < click.length; i++) {
      click[i] = bytes.getFloat();
    }
    assertThat(click).containsExactly(1, 0, 0.5f, 1.5f, 0.5f, 1.5f);
  }

  @Test
  void digestIsOfRowsThatHaveASayAndNotOfPredictions() throws IOException {
    Map<String, String> digests = digests(block(3, new float[] {1, 0, 1}, 0.5f));
    assertThat(digests(block(3, new float[] {1, 0, 1}, 99))).isEqualTo(digests);
    // The row without a say has another label.
    assertThat(digests(block(3, new float[] {1, 1, 1}, 0.5f))).isEqualTo(digests);

    assertThat(digests(block(3, new float[] {1, 0, 0}, 0.5f)))
        .containsEntry("genre", digests.get("genre"))
        .doesNotContainEntry("click", digests.get("click"));
    assertThat(digests(block(4, new float[] {1, 0, 1}, 0.5f)))
        .doesNotContainEntry("click", digests.get("click"))
        .doesNotContainEntry("genre", digests.get("genre"));
  }

  private Map<String, String> digests(KeptBlock block) throws IOException {
    return KeptRows.open(write(block)).digests();
  }

  @Test
  void everyByteThatChangesAndEveryOneThatLacksIsSeen() throws IOException {
    Path file = write(block(3, new float[] {1, 0}, 0.5f));
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 4;
      assertDamaged(file, changed);
      assertDamaged(file, java.util.Arrays.copyOf(whole, at));
    }
  }

  private static void assertDamaged(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> KeptRows.open(file))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_FORMAT))
        .hasMessageStartingWith(file + ": The kept predictions are damaged or of another version: ")
        .hasMessageEndingWith("mtl train EXPERIMENT.yaml --output RUN --resume writes them anew.");
  }

  @Test
  void aFileThatIsNotFinishedHasNoName() {
    Path file = folder.resolve("test.bin");
    try (KeptWriter writer = new KeptWriter(file, List.of(CLICK, GENRE))) {
      writer.add(block(0, new float[] {1}, 0));
      assertThat(folder).isNotEmptyDirectory();
    }
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> KeptRows.open(file))
        .hasMessage(
            file
                + ": Expected the predictions of a run's test rows, found no such file. The run keeps"
                + " none (evaluation.keep_predictions: false), has no test split, or is of an"
                + " earlier release; train it again.");
  }
}
