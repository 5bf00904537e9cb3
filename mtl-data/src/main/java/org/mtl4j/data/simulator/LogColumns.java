package org.mtl4j.data.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.mtl4j.core.task.ColumnType;
import org.mtl4j.core.task.Columns;

/** The columns of the log and how each is read off an impression. */
final class LogColumns {
  /** An impression with what its labels are drawn from and what was drawn. */
  record Row(Impression shown, Truth truth, Outcome outcome) {}

  private final List<Columns.Column> columns = new ArrayList<>();
  private final List<Function<List<Row>, Object>> readers = new ArrayList<>();

  LogColumns(Shop shop) {
    addVisit(shop.people());
    addItem(shop.items());
    addLabels();
    addTruth();
  }

  Columns columns() {
    return new Columns(columns);
  }

  /** The rows' values: an array a column. */
  List<Object> values(List<Row> rows) {
    return readers.stream().map(reader -> reader.apply(rows)).toList();
  }

  private void addVisit(Shoppers people) {
    text("request_id", row -> "r" + row.shown().visit().index());
    number("time", row -> row.shown().visit().seconds());
    text("user_id", row -> people.id(row.shown().user()));
    text("segment", row -> people.segment(row.shown().user()));
    text("gender", row -> people.gender(row.shown().user()));
    number("age", row -> people.age(row.shown().user()));
    number("hour", row -> row.shown().visit().hour());
    text("device", row -> Visit.DEVICES.get(row.shown().visit().device()));
    text("slot", row -> Visit.SLOTS.get(row.shown().visit().slot()));
    number("position", row -> row.shown().position());
  }

  private void addItem(Shelf items) {
    text("item_id", row -> items.id(row.shown().item()));
    text("category", row -> items.category(row.shown().item()));
    text("brand", row -> items.brand(row.shown().item()));
    number("price", row -> items.price(row.shown().item()));
    number("stock", row -> items.stock(row.shown().item()));
    number("popularity", row -> items.popularity(row.shown().item()));
    number(
        "item_age_days",
        row -> StrictMath.floor(items.ageDays(row.shown().item(), row.shown().visit().day())));
  }

  private void addLabels() {
    number("click", row -> row.outcome().click());
    number("dwell_seconds", row -> row.outcome().dwell());
    number("cart", row -> row.outcome().cart());
    number("purchase", row -> row.outcome().purchase());
    number("rating", row -> row.outcome().rating());
  }

  private void addTruth() {
    String prefix = SimulatedSource.TRUTH_PREFIX;
    number(prefix + "click", row -> row.truth().click());
    number(prefix + "dwell", row -> row.truth().dwell());
    number(prefix + "cart", row -> row.truth().cart());
    number(prefix + "purchase", row -> row.truth().purchase());
    number(prefix + "rating", row -> row.truth().rating());
    number(prefix + "through_cart", row -> row.truth().throughCart());
    number(prefix + "through_purchase", row -> row.truth().throughPurchase());
  }

  private void text(String name, Function<Row, String> reader) {
    columns.add(new Columns.Column(name, ColumnType.TEXT));
    readers.add(rows -> rows.stream().map(reader).toArray(String[]::new));
  }

  private void number(String name, ToDoubleFunction<Row> reader) {
    columns.add(new Columns.Column(name, ColumnType.NUMBER));
    readers.add(rows -> rows.stream().mapToDouble(reader).toArray());
  }
}
