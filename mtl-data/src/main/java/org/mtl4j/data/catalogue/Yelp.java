package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Summary;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.JsonField;
import org.mtl4j.data.table.JsonTable;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TableSource;

/**
 * Yelp: reviews of businesses, as JSON lines. Where their files stand beside the reviews', the
 * business is joined ({@code city, state, postal_code, latitude, longitude}, and {@code
 * categories}, a list between bars) and the user ({@code yelping_since}). Counts and averages of
 * both are left out: they were taken over the reviews themselves and give their stars away.
 */
public final class Yelp implements PublicDataset {
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

  private static final String PREFIX = "yelp_academic_dataset_";

  /**
   * The keys of {@code yelp}.
   *
   * @param path a folder with the set's files, or files with its reviews; several are one table
   */
  @Summary("Yelp reviews (JSON lines) joined with businesses and users; tasks from stars, useful.")
  public record Config(List<String> path) {
    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if it names nothing
     */
    public Config {
      path = DatasetFolder.checked(path);
    }
  }

  @Override
  public String name() {
    return "yelp";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Yelp Open Dataset: one review of a business a row",
        URI.create("https://business.yelp.com/data/resources/open-dataset/"),
        "Yelp's terms of use of the set: academic use, after a form",
        "Yelp: Yelp Open Dataset.",
        REVIEW.stream().map(JsonField::name).toList(),
        List.of(Edition.of("full", RemoteFile.onRequest("yelp_dataset.tar"))));
  }

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(
        Config.class,
        TableSource.class,
        config -> new TableSource(name(), table(config), Set.of()));
  }

  @Override
  public TableSource open(Path folder) {
    return factory().create(new Config(List.of(folder.toString())));
  }

  private Table table(Config config) {
    List<Path> files = DatasetFolder.rows(name(), config.path(), List.of(PREFIX + "review\\.json"));
    Path first = files.get(0);
    Join.Builder join = Join.of(new JsonTable(files, REVIEW)).rest();
    DatasetFolder.beside(first, PREFIX + "business.json")
        .ifPresent(
            file -> {
              Table business =
                  Join.of(new JsonTable(List.of(file), BUSINESS))
                      .column("business_id")
                      .column("city")
                      .column("state")
                      .column("postal_code")
                      .column("latitude")
                      .column("longitude")
                      .column("categories", "categories", text -> text.replace(", ", "|"))
                      .build();
              Map<String, String> wanted = new LinkedHashMap<>();
              BUSINESS.stream().skip(1).forEach(field -> wanted.put(field.name(), field.name()));
              join.join(business, "business_id", "business_id", wanted);
            });
    DatasetFolder.beside(first, PREFIX + "user.json")
        .ifPresent(
            file ->
                join.join(
                    new JsonTable(
                        List.of(file),
                        List.of(JsonField.of("user_id"), JsonField.of("yelping_since"))),
                    "user_id",
                    "user_id",
                    Map.of("yelping_since", "yelping_since")));
    return join.build();
  }
}
