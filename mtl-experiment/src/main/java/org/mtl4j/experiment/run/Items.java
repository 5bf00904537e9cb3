package org.mtl4j.experiment.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.metric.RowItems;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.memory.HeapShare;
import org.mtl4j.data.union.IdScope;
import org.mtl4j.data.union.ScopedIds;
import org.mtl4j.data.union.ValueNumbers;
import org.mtl4j.experiment.config.EvaluationConfig;

/**
 * Reads the items of rows and their content, for metrics of items. The different values are held,
 * in a quarter of the heap at most.
 */
public final class Items {
  private static final Keys OF_EXPERIMENT = new Keys("evaluation.item", "evaluation.item_content");
  private static final double HEAP_SHARE = 0.25;

  private final Optional<ValueNumbers> item;
  private final List<ValueNumbers> content;

  private Items(Optional<ValueNumbers> item, List<ValueNumbers> content) {
    this.item = item;
    this.content = content;
  }

  /**
   * Items as an experiment says.
   *
   * @throws MtlException COLUMN_MISSING if there is no such column
   */
  public static Items of(EvaluationConfig evaluation, Columns columns, IdScope scope) {
    return of(evaluation.item(), evaluation.itemContent(), columns, scope, OF_EXPERIMENT);
  }

  /**
   * The keys or options that name the columns.
   *
   * @param item that of the item's
   * @param content that of what items are like
   */
  public record Keys(String item, String content) {}

  /**
   * Items by a column of the given columns, or none.
   *
   * @param content columns of what items are like; none without an item
   * @param keys what names them
   * @throws MtlException COLUMN_MISSING if one is not there
   */
  public static Items of(
      Optional<String> item, List<String> content, Columns columns, IdScope scope, Keys keys) {
    HeapShare heap = HeapShare.of(HEAP_SHARE);
    List<ValueNumbers> bound = new ArrayList<>();
    for (String column : item.isPresent() ? content : List.<String>of()) {
      ScopedIds values = bind(keys.content(), column, columns, IdScope.WHOLE);
      var key = new ValueNumbers.Key(keys.content(), "values", "Leave " + column + " out of it.");
      bound.add(new ValueNumbers(key, values, heap));
    }
    String last = keys.item().substring(keys.item().lastIndexOf('.') + 1);
    var key = new ValueNumbers.Key(keys.item(), "items", "Leave %s out.".formatted(last));
    return new Items(
        item.map(column -> new ValueNumbers(key, bind(keys.item(), column, columns, scope), heap)),
        List.copyOf(bound));
  }

  /**
   * The same items by the columns of another table, numbered as here.
   *
   * @param evaluation by which these were made
   * @throws MtlException COLUMN_MISSING if one is not there
   */
  Items over(EvaluationConfig evaluation, Columns columns, IdScope scope) {
    List<ValueNumbers> bound = new ArrayList<>();
    for (int c = 0; c < content.size(); c++) {
      String name = evaluation.itemContent().get(c);
      bound.add(content.get(c).over(bind(OF_EXPERIMENT.content(), name, columns, IdScope.WHOLE)));
    }
    return new Items(
        item.map(
            numbers ->
                numbers.over(
                    bind(OF_EXPERIMENT.item(), evaluation.item().orElseThrow(), columns, scope))),
        List.copyOf(bound));
  }

  private static ScopedIds bind(String key, String column, Columns columns, IdScope scope) {
    try {
      return scope.bind(column, columns);
    } catch (MtlException e) {
      throw e.at(key);
    }
  }

  /** Whether there is a column of items. */
  boolean areNamed() {
    return item.isPresent();
  }

  /** The number of each row's item [n], where there is a column of items. */
  int[] numbers(RawBatch rows) {
    return item.orElseThrow().ofEach(rows);
  }

  /**
   * The items of rows, of which nobody knows how often they are in training rows; empty without a
   * column of items.
   *
   * @throws MtlException of code MEMORY if there are more different values than the heap's share
   *     holds
   */
  public Optional<RowItems> of(RawBatch rows) {
    return item.map(
        numbers ->
            RowItems.of(
                numbers.ofEach(rows),
                Optional.empty(),
                content.stream().map(column -> values(column, rows)).toList()));
  }

  /** No value is a value: all rows without one are alike. */
  private static int[] values(ValueNumbers column, RawBatch rows) {
    return IntStream.range(0, rows.rowCount()).map(row -> column.of(rows, row)).toArray();
  }
}
