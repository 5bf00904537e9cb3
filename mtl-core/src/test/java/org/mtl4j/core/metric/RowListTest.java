package org.mtl4j.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class RowListTest {
  private static final RowShape BINARY = new RowShape(1, 1, true);

  /** More than a row takes, less than ten do. */
  private static final int A_FEW_ROWS = 2000;

  @TempDir private Path folder;

  private static EvaluationRows rows(int n, Optional<int[]> groups) {
    double[] scores = new double[n];
    double[] labels = new double[n];
    double[] weights = new double[n];
    Arrays.setAll(scores, row -> (row * 7 % 10) / 10.0);
    Arrays.setAll(labels, row -> row % 3 == 0 ? 1 : 0);
    Arrays.setAll(weights, row -> 1 + row / 7.0);
    return new EvaluationRows(scores, 1, labels, weights, groups);
  }

  private EvaluationRows gathered(EvaluationRows rows, long bytes) {
    RowList list = new RowList(BINARY, new RowRoom(folder, bytes, "--group"));
    for (int row = 0; row < rows.size(); row++) {
      list.addAll(rows.select(row));
    }
    assertThat(list.size()).isEqualTo(rows.size());
    return list.toRows();
  }

  private static List<String> contents(EvaluationRows rows) {
    List<String> contents = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      contents.add(
          "%s %s %s %s"
              .formatted(
                  rows.predictions().get(row),
                  rows.labels().get(row),
                  rows.weight(row),
                  rows.groups().map(groups -> groups.get(0)).orElse(-1)));
    }
    return contents;
  }

  private static List<String> visited(EvaluationRows rows) {
    List<String> visited = new ArrayList<>();
    rows.byFallingScore(
        (score, positives, negatives) -> visited.add(score + " " + positives + " " + negatives));
    return visited;
  }

  @Test
  void rowsStayInMemoryWhileTheyHaveRoom() {
    EvaluationRows rows = rows(40, Optional.empty());
    assertThat(gathered(rows, Long.MAX_VALUE).space().isInFiles()).isFalse();
    assertThat(gathered(rows.select(0), A_FEW_ROWS).space().isInFiles()).isFalse();
    assertThat(gathered(rows, A_FEW_ROWS).space().isInFiles()).isTrue();
  }

  @Test
  void rowsInFilesAreTheSame() throws Exception {
    int[] groups = new int[100];
    Arrays.setAll(groups, row -> row % 2 == 0 ? -5 : 9);
    for (Optional<int[]> of : List.of(Optional.<int[]>empty(), Optional.of(groups))) {
      EvaluationRows rows = rows(100, of);
      EvaluationRows inFiles = gathered(rows, A_FEW_ROWS);
      assertThat(inFiles.space().isInFiles()).isTrue();
      assertThat(contents(inFiles)).isEqualTo(contents(rows));
      assertThat(visited(inFiles)).isEqualTo(visited(rows)).hasSize(10);
      assertThat(inFiles.unitCount()).isEqualTo(rows.unitCount());
      assertThat(inFiles.parts()).isEqualTo(rows.parts());
    }
    try (var files = Files.list(folder)) {
      assertThat(files).as("what is left behind").isEmpty();
    }
  }

  @Test
  void rankingsInFilesAreTheSame() {
    int[] groups = new int[100];
    Arrays.setAll(groups, row -> row * row % 7 - 3);
    EvaluationRows rows = rows(100, Optional.of(groups));
    EvaluationRows inFiles = gathered(rows, A_FEW_ROWS);
    GroupedRanking expected = rows.groupedRanking();
    GroupedRanking found = inFiles.groupedRanking();
    assertThat(found.count()).isEqualTo(expected.count()).isGreaterThan(2);
    for (int group = 0; group < found.count(); group++) {
      assertThat(found.start(group)).isEqualTo(expected.start(group));
      assertThat(found.end(group)).isEqualTo(expected.end(group));
    }
    for (int i = 0; i < 100; i++) {
      assertThat(found.row(i)).isEqualTo(expected.row(i));
      assertThat(inFiles.ranking().row(i)).isEqualTo(rows.ranking().row(i));
      assertThat(inFiles.labelRanking().row(i)).isEqualTo(rows.labelRanking().row(i));
      assertThat(inFiles.units().applyAsInt(i)).isEqualTo(rows.units().applyAsInt(i));
    }
    for (int i = 0, end; i < 100; i = end) {
      end = expected.endOfTie(i);
      assertThat(found.endOfTie(i)).isEqualTo(end);
    }
  }

  /** What was gathered in memory of one output has room for another once it went to its file. */
  @Test
  void outputsShareTheirRoom() {
    RowRoom room = new RowRoom(folder, A_FEW_ROWS, "--group");
    RowList first = new RowList(BINARY, room);
    RowList second = new RowList(BINARY, room);
    EvaluationRows few = rows(4, Optional.empty());
    first.addAll(few);
    second.addAll(few);
    assertThat(first.toRows().space().isInFiles()).isFalse();
    assertThat(second.toRows().space().isInFiles()).isTrue();
    first.addAll(few);
    assertThat(first.toRows().space().isInFiles()).isTrue();
    RowList third = new RowList(BINARY, room);
    third.addAll(few);
    assertThat(third.toRows().space().isInFiles()).isFalse();
  }

  @Test
  void whatIsNoNumberIsRefusedInFilesToo() {
    RowList list = new RowList(BINARY, new RowRoom(folder, 0, ""));
    list.expect(1, false, Optional.empty());
    list.add(new Row(Double.NaN, 1), 0);
    assertThatThrownBy(list::toRows)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected predictions that are numbers, found NaN in row 0 (from 0)");
    RowList negative = new RowList(BINARY, new RowRoom(folder, 0, ""));
    negative.expect(1, false, Optional.empty());
    negative.add(new Row(1, -1), 0);
    assertThatThrownBy(negative::toRows)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected weights of at least 0, found -1.0 in row 0 (from 0)");
  }

  private record Row(double prediction, double weight) implements RowBlock {
    @Override
    public double prediction(int row, int i) {
      return prediction;
    }

    @Override
    public double label(int row, int i) {
      return 1;
    }

    @Override
    public double weight(int row) {
      return weight;
    }

    @Override
    public int group(int row) {
      return 0;
    }

    @Override
    public Optional<RowItems> items() {
      return Optional.empty();
    }
  }

  @Test
  void aFolderThatTakesNoFileIsNamed() {
    Path missing = folder.resolve("missing");
    RowList list = new RowList(BINARY, new RowRoom(missing, 0, ""));
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> list.expect(1, false, Optional.empty()));
    assertThat(error.code()).isEqualTo(ErrorCode.IO);
    assertThat(error)
        .hasMessageStartingWith(
            missing
                + ": The rows of an evaluation do not fit into their share of the heap, and cannot be"
                + " kept in a file there: java.nio.file.NoSuchFileException: ")
        .hasMessageEndingWith(
            ". Make room there, name another folder by"
                + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER, or give Java a larger heap:"
                + " MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
  }

  /** 200 bytes a group are counted: 10 in 2,000. */
  @Test
  void moreGroupsThanTheHeapCountsAreRefused() {
    int[] groups = new int[100];
    Arrays.setAll(groups, row -> row % 11);
    EvaluationRows rows = gathered(rows(100, Optional.of(groups)), A_FEW_ROWS);
    assertThatThrownBy(rows::unitCount)
        .isInstanceOf(MtlException.class)
        .hasMessage(
            "--group: Expected at most 10 groups, what fits into 0.0 MB of the heap; found 11. Leave"
                + " it out, or group by a column of fewer values. Or give Java a larger heap:"
                + " MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
  }

  /** Counts of 100 rows take 400 bytes: five resamples at a time. */
  @Test
  void resamplesHaveTheRoomOfTheirCounts() {
    assertThat(gathered(rows(100, Optional.empty()), A_FEW_ROWS).space().resamplesAtOnce())
        .isEqualTo(5);
  }
}
