package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.JsonField;
import org.mtl4j.data.table.JsonTable;
import org.mtl4j.data.table.Table;

/**
 * Yelp: reviews of businesses, as JSON lines. Where their files stand beside the reviews', the
 * business is joined ({@code city, state, postal_code, latitude, longitude}, and {@code
 * categories}, a list between bars) and the user ({@code yelping_since}). Counts and averages of
 * both are left out: they were taken over the reviews themselves and give their stars away.
 */
public final class Yelp extends PathDataset {
  private static final List<JsonField> REVIEW =
      List.of(
          JsonField.of("review_id"),
          JsonField.of("user_id"),
          JsonField.of("business_id"),
          JsonField.of("stars"),
          JsonField.of("useful"),
          JsonField.of("funny"),
          JsonField.of("cool"),
          JsonField.of("date"),
          JsonField.of("text"));

  private static final List<JsonField> BUSINESS =
      List.of(
          JsonField.of("business_id"),
          JsonField.of("city"),
          JsonField.of("state"),
          JsonField.of("postal_code"),
          JsonField.of("latitude"),
          JsonField.of("longitude"),
          JsonField.of("categories"));

  private static final List<JsonField> USER =
      List.of(JsonField.of("user_id"), JsonField.of("yelping_since"));

  private static final String PREFIX = "yelp_academic_dataset_";

  @Override
  public String name() {
    return "yelp";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Yelp Open Dataset: one review of a business a row, with business and user; tasks from stars"
            + " and useful",
        URI.create("https://business.yelp.com/data/resources/open-dataset/"),
        "Yelp's terms of use of the set: academic use, after a form",
        "Yelp: Yelp Open Dataset.",
        REVIEW.stream().map(JsonField::name).toList(),
        List.of(Edition.of("full", RemoteFile.onRequest("yelp_dataset.tar"))));
  }

  @Override
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of(PREFIX + "review\\.json"));
    Path first = DatasetFolder.firstOfOneFolder(name(), files);
    Join.Builder join = Join.of(new JsonTable(files, REVIEW)).rest();
    DatasetFolder.beside(first, PREFIX + "business.json")
        .ifPresent(file -> join.join(businesses(file), "business_id", UnaryOperator.identity()));
    DatasetFolder.beside(first, PREFIX + "user.json")
        .ifPresent(
            file ->
                join.join(new JsonTable(List.of(file), USER), "user_id", UnaryOperator.identity()));
    return join.build();
  }

  /** Their categories stand in one text, between commas. */
  private static Table businesses(Path file) {
    JsonTable table = new JsonTable(List.of(file), BUSINESS);
    return Join.of(table)
        .columns(table.columns().subList(0, BUSINESS.size() - 1))
        .column("categories", "categories", text -> text.replace(", ", "|"))
        .build();
  }
}
