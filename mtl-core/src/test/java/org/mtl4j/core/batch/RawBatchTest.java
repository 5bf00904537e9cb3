package org.mtl4j.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

class RawBatchTest {
  private final RawBatch rows =
      new RawBatch(
          new Columns(
              List.of(
                  new Columns.Column("user", ColumnType.TEXT),
                  new Columns.Column("price", ColumnType.NUMBER))),
          3,
          40,
          List.of(new String[] {"a", null, "c"}, new double[] {1, 2.5, Double.NaN}),
          row -> "line " + (41 + row));

  @Test
  void selectedRowsKeepTheirValuesRecordsAndPlaces() {
    RawBatch selected = rows.select(new int[] {2, 0});
    assertThat(selected.rowCount()).isEqualTo(2);
    assertThat(selected.text(0, 0)).isEqualTo("c");
    assertThat(selected.number(1, 0)).isNaN();
    assertThat(selected.number(1, 1)).isEqualTo(1);
    assertThat(selected.record(0)).isEqualTo(42);
    assertThat(selected.firstRecord()).isEqualTo(42);
    assertThat(selected.place(1)).isEqualTo("line 41");
  }

  @Test
  void selectionOfASelectionStillKnowsWhereItsRowsCameFrom() {
    RawBatch selected = rows.select(new int[] {2, 1}).select(new int[] {1});
    assertThat(selected.record(0)).isEqualTo(41);
    assertThat(selected.place(0)).isEqualTo("line 42");
    assertThat(selected.text(1, 0)).isEqualTo("2.5");
  }

  @Test
  void moreColumnsStandBehindTheOthers() {
    Columns more = Columns.of(ColumnType.NUMBER, List.of("half"));
    RawBatch wider = rows.with(more, List.of(new double[] {0.5, 1.25, 0}));
    assertThat(wider.columns().names()).containsExactly("user", "price", "half");
    assertThat(wider.number(2, 1)).isEqualTo(1.25);
    assertThat(wider.text(0, 2)).isEqualTo("c");
    assertThat(wider.record(2)).isEqualTo(42);
  }

  @Test
  void numbersAreSpeltWithAllTheirDigitsOrAsADouble() {
    assertThat(RawBatch.spell(7)).isEqualTo("7");
    assertThat(RawBatch.spell(-0.0)).isEqualTo("0");
    assertThat(RawBatch.spell(2.5)).isEqualTo("2.5");
    assertThat(RawBatch.spell(-0x1p63)).isEqualTo("-9223372036854775808");
    assertThat(RawBatch.spell(0x1p63)).isEqualTo("9.223372036854776E18");
    assertThat(RawBatch.spell(Double.NaN)).isNull();
  }

  @Test
  void textIsReadAsANumberOnlyWhereItSpellsOne() {
    RawBatch texts =
        new RawBatch(
            Columns.of(ColumnType.UNTYPED, List.of("x")),
            5,
            0,
            List.of((Object) new String[] {"1e3", "nan", null, " 7", "12d"}),
            row -> "t.csv, line " + (2 + row));
    assertThat(texts.number(0, 0)).isEqualTo(1000);
    assertThat(texts.number(0, 1)).isNaN();
    assertThat(texts.number(0, 2)).isNaN();
    assertThatThrownBy(() -> texts.number(0, 3))
        .hasMessage(
            "t.csv, line 5: The column \"x\" is used as a number, and \" 7\" is not one. Take the"
                + " blanks off; data.source.trim: true does that while it reads.");
    assertThatThrownBy(() -> texts.number(0, 4))
        .hasMessage(
            "t.csv, line 6: The column \"x\" is used as a number, and \"12d\" is not one. If it"
                + " stands for a missing value, add it to data.source.missing; if the column is not"
                + " numeric, make the feature categorical or compare it with 'text'.");
  }
}
