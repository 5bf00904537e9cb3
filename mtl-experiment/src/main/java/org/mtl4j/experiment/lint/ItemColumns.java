package org.mtl4j.experiment.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.task.Task;
import org.mtl4j.data.split.Split;

/**
 * Columns by which items are measured and that say nothing of items: a task's label, one value in
 * all rows, about one value a row. And items that no metric asks for. Values are counted over the
 * rows of all splits, exactly up to 16,384 different ones a column.
 */
final class ItemColumns implements LintCheck {
  private static final String ITEM = "evaluation.item";
  private static final String CONTENT = "evaluation.item_content";
  private static final int LEAST_ROWS = 100;
  private static final double UNIQUE = 0.9;
  private static final int VALUES = 16_384;
  private static final int CELLS = 1_000_000;

  private final String name;
  private final LintSubject subject;
  private final List<Column> columns = new ArrayList<>();

  ItemColumns(String name, LintSubject subject) {
    this.name = name;
    this.subject = subject;
    LintSubject.Items items = subject.data().items();
    int limit = LintLimits.ofHeap().rows(VALUES, CELLS, 1 + items.content().size());
    items.item().ifPresent(column -> columns.add(new Column(ITEM, column, subject, limit)));
    items.content().forEach(column -> columns.add(new Column(CONTENT, column, subject, limit)));
  }

  @Override
  public void observe(Split split, RawBatch rows) {
    columns.forEach(column -> column.observe(rows));
  }

  @Override
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (Column column : columns) {
      label(column).or(() -> values(column)).ifPresent(findings::add);
    }
    unmeasured().ifPresent(findings::add);
    return findings;
  }

  private Optional<Finding> label(Column column) {
    Set<String> read = subject.sources(column.name);
    return subject.tasks().stream()
        .filter(task -> !task.type().isUnsupervised())
        .filter(task -> read.containsAll(subject.sources(task.label())))
        .findFirst()
        .map(task -> label(column, task));
  }

  private Finding label(Column column, Task task) {
    return new Finding(
        name,
        Severity.ERROR,
        column.key,
        "The column \"%s\" is the label of task \"%s\", \"%s\"."
            .formatted(column.name, task.name(), task.label()),
        "Name a column that says "
            + (column.isItem() ? "which item a row is about." : "what items are like."));
  }

  private Optional<Finding> values(Column column) {
    if (column.rows < LEAST_ROWS) {
      return Optional.empty();
    }
    if (column.values.distinct() == 1) {
      return Optional.of(
          finding(
              column,
              "has the same value in all %,d rows".formatted(column.rows),
              column.isItem()
                  ? "Figures of items say nothing of it: name the column of their ids."
                  : "Items are alike in it, whatever is ranked: leave it out."));
    }
    return column.isItem() && column.values.distinct() >= UNIQUE * column.rows
        ? Optional.of(
            finding(
                column,
                String.format(
                    Locale.ROOT,
                    "has %s%,d different values in %,d rows",
                    column.values.oneIn() == 1 ? "" : "about ",
                    column.values.distinct(),
                    column.rows),
                "An item comes in several rows: name the column of items' ids, and not of rows'."))
        : Optional.empty();
  }

  private Finding finding(Column column, String evidence, String remedy) {
    return new Finding(
        name,
        Severity.WARNING,
        column.key,
        "The column \"%s\" %s.".formatted(column.name, evidence),
        remedy);
  }

  private Optional<Finding> unmeasured() {
    LintSubject.Items items = subject.data().items();
    if (items.item().isEmpty() || items.measured()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            name,
            Severity.WARNING,
            ITEM,
            "No metric asks for items.",
            "Name one in evaluation.metrics, coverage, popularity or diversity, or leave item out."));
  }

  /** A column and how many values it has. */
  private static final class Column {
    private final String key;
    private final String name;
    private final int index;
    private final HashSample<Boolean> values;
    private long rows;

    Column(String key, String name, LintSubject subject, int limit) {
      this.key = key;
      this.name = name;
      this.index = subject.columns().indexOf(name);
      this.values = new HashSample<>(limit);
    }

    boolean isItem() {
      return key.equals(ITEM);
    }

    /** No value is a value. */
    void observe(RawBatch block) {
      for (int row = 0; row < block.rowCount(); row++) {
        values.at(ValueHash.of(block, index, row), 0, () -> true);
      }
      rows += block.rowCount();
    }
  }
}
