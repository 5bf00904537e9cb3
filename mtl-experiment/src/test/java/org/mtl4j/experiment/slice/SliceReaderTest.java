package org.mtl4j.experiment.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.DrawnRows;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.dataset.RowRules;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.split.Split;
import org.mtl4j.data.split.SplitRule;
import org.mtl4j.eval.slice.Slicing;
import org.mtl4j.experiment.config.SliceRule;

/** Which slice rows are in, against what a person says of each. */
class SliceReaderTest {
  private static final List<String> NAMES = List.of("user", "item", "time", "part");
  private static final String[] LOG = {
    "a,x,2024-03-01T10:00,train",
    "a,x,2024-03-01T11:00,train",
    "b,x,2024-03-01T12:00,train",
    ",y,2024-03-01T12:30,train",
    "a,x,2024-03-02T23:30,test",
    "c,z,2024-03-03T00:30,test",
    "a,y,2024-03-03T10:15,test",
    ",y,soon,test",
    "b,z,,test",
    "d,w,2024-03-09T10:45,test",
  };

  private static SplitDataset data() {
    List<Map<String, ?>> rows = new ArrayList<>();
    for (String line : LOG) {
      String[] cells = line.split(",", -1);
      rows.add(Map.of("user", cells[0], "item", cells[1], "time", cells[2], "part", cells[3]));
    }
    return SplitDataset.of(
        BatchSource.of(Columns.of(ColumnType.UNTYPED, NAMES), rows::stream),
        new RowRules(Optional.empty(), false, Map.of()),
        new SplitRule.Column("part"),
        new Seed(1));
  }

  private static Slicing slicing(SliceRule rule) {
    SplitDataset data = data();
    SliceReader reader = SliceReader.of("evaluation.slices", List.of(rule), data.columns());
    reader.read(data, Split.TEST);
    return reader.slicings().get(0);
  }

  private static List<String> ofRows(Slicing slicing) {
    return Arrays.stream(slicing.ofRow()).mapToObj(slicing.slices()::get).toList();
  }

  @Test
  void frequentValuesHaveSlicesOfTheirOwn() {
    Slicing users = slicing(new SliceRule.Value("user", 2));
    assertThat(users.name()).isEqualTo("user");
    assertThat(users.slices()).containsExactly("a", "b", "(other)", "(missing)");
    assertThat(ofRows(users)).containsExactly("a", "(other)", "a", "(missing)", "b", "(other)");
    // As many as there are: no others, and none without a value.
    assertThat(slicing(new SliceRule.Value("item", 4)).slices())
        .containsExactly("y", "z", "w", "x");
  }

  @Test
  void knownValuesAreThoseOfTrainingRows() {
    assertThat(ofRows(slicing(new SliceRule.Known("user"))))
        .containsExactly("known", "new", "known", "(missing)", "known", "new");
    assertThat(slicing(new SliceRule.Known("item")).slices()).containsExactly("new", "known");
  }

  @Test
  void frequencyIsTheNumberOfTrainingRows() {
    Slicing items = slicing(new SliceRule.Frequency("item", List.of(1, 2, 4)));
    assertThat(items.slices()).containsExactly("0", "1", "2 to 3", "4 or more");
    assertThat(ofRows(items)).containsExactly("2 to 3", "0", "1", "1", "0", "0");
  }

  @Test
  void timesAreThoseOfTheZonesClock() {
    assertThat(ofRows(slicing(time(SliceRule.TimePart.DAY, "UTC"))))
        .containsExactly(
            "2024-03-02", "2024-03-03", "2024-03-03", "(no time)", "(no time)", "2024-03-09");
    assertThat(slicing(time(SliceRule.TimePart.DAY, "UTC")).slices())
        .containsExactly("2024-03-02", "2024-03-03", "2024-03-09", "(no time)");
    // Texts without an offset are of the zone's own clock.
    assertThat(ofRows(slicing(time(SliceRule.TimePart.HOUR, "+02:00"))))
        .containsExactly("23:00", "00:00", "10:00", "(no time)", "(no time)", "10:00");
    assertThat(slicing(time(SliceRule.TimePart.WEEKDAY, "UTC")).slices())
        .containsExactly("Saturday", "Sunday", "(no time)");
  }

  @Test
  void quantilesPartTheTimesThatThereAre() {
    Slicing halves =
        slicing(new SliceRule.Time("time", SliceRule.TimePart.QUANTILE, 2, SECONDS, UTC));
    assertThat(halves.slices())
        .containsExactly(
            "2024-03-02 23:30 to 2024-03-03 00:30",
            "2024-03-03 10:15 to 2024-03-09 10:45",
            "(no time)");
    assertThat(halves.ofRow()).containsExactly(0, 0, 1, 2, 2, 1);
  }

  private static final TimeRule.Unit SECONDS = TimeRule.Unit.SECONDS;
  private static final String UTC = "UTC";

  private static SliceRule time(SliceRule.TimePart part, String zone) {
    return new SliceRule.Time("time", part, 4, SECONDS, zone);
  }

  /** Behind "a" and behind "c" stands a row that was drawn for them. */
  @Test
  void aDrawnRowGoesWithTheRowItWasDrawnForUnlessItsOwnValueIsAskedFor() {
    RawBatch rows =
        new RawBatch(
                Columns.of(ColumnType.TEXT, List.of("item")),
                4,
                0,
                List.<Object>of((Object) new String[] {"a", "b", "c", "a"}),
                row -> "row " + row)
            .withDrawn(new DrawnRows(new boolean[] {false, true, false, true}, Set.of("click")));
    List<SliceRule> rules = List.of(new SliceRule.Value("item", 10));
    SliceReader reader =
        SliceReader.of("evaluation.slices", rules, rows.columns())
            .andOwnValues("evaluation.fairness", rules.get(0));
    reader.add(rows);
    assertThat(ofRows(reader.slicings().get(0))).containsExactly("a", "a", "c", "c");
    assertThat(ofRows(reader.slicings().get(1))).containsExactly("a", "b", "c", "a");
  }

  @Test
  void otherRowsThanThoseMeasuredAreRefused() {
    SplitDataset data = data();
    SliceReader reader =
        SliceReader.of("evaluation.slices", List.of(new SliceRule.Known("user")), data.columns());
    reader.read(data, Split.TEST);
    RecordSum measured = new RecordSum();
    for (int record = 4; record < LOG.length; record++) {
      measured.add(record);
    }
    assertThat(reader.slicings(measured)).hasSize(1);
    measured.add(99);
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> reader.slicings(measured));
    assertThat(failure.code()).isEqualTo(ErrorCode.DATA_FORMAT);
    assertThat(failure)
        .hasMessageMatching(
            "data\\.source: Expected the rows that were measured, 7 rows with the check sum"
                + " [0-9a-f]+, found 6 rows with the check sum [0-9a-f]+: the data changed while"
                + " they were used\\. Run again once nothing writes to them\\.");
  }

  @Test
  void moreValuesThanTheHeapsShareHoldsAreRefused() {
    SplitDataset data = data();
    SliceReader reader =
        SliceReader.of(
            "evaluation.slices",
            List.of(new SliceRule.Value("user", 10)),
            data.columns(),
            new HeapShare(1, 250));
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> reader.read(data, Split.TEST));
    assertThat(failure.code()).isEqualTo(ErrorCode.MEMORY);
    assertThat(failure)
        .hasMessage(
            "evaluation.slices: Expected what fits into 100 % of the heap, 0.0 MB; found that"
                + " numbering 3 different values of \"user\" takes more. Leave user out of it."
                + " Or give Java a larger heap: MTL_HEAP=8g for ./mtl, -Xmx8g elsewhere.");
  }
}
