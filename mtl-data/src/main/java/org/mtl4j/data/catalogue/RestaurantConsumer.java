package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Summary;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Restaurant and Consumer: ratings from 0 to 2 of a place, its food and its service, joined with
 * the profiles of the user ({@code user_} before their columns' names) and the place ({@code
 * place_}). {@code user_cuisines, user_payments, place_cuisines, place_payments, place_parking} are
 * lists between bars, as {@code multi_categorical} features read them. "?" is missing. Of the
 * profiles' files those are joined that stand beside the ratings.
 */
public final class RestaurantConsumer implements PublicDataset {
  private static final List<String> RATING =
      List.of("userID", "placeID", "rating", "food_rating", "service_rating");

  /**
   * The keys of {@code restaurant_consumer}.
   *
   * @param path a folder with the set's files, or files with its ratings; several are one table
   */
  @Summary("Restaurant ratings joined with users and places; tasks rating, food and service.")
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
    return "restaurant_consumer";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Restaurant and Consumer: one rating of a place a row, with user and place",
        URI.create("https://archive.ics.uci.edu/dataset/232/restaurant+consumer+data"),
        "CC BY 4.0",
        "Vargas-Govea, B., Gonzalez-Serna, G. and Ponce-Medellin, R.: Effects of relevant contextual"
            + " features in the performance of a restaurant recommender system. RecSys 2011.",
        RATING,
        List.of(
            Edition.of(
                "full",
                RemoteFile.at(
                    "https://archive.ics.uci.edu/ml/machine-learning-databases/00232/"
                        + "RCdata.zip"))));
  }

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(
        Config.class,
        TableSource.class,
        config -> new TableSource(name(), table(config), Set.of("?")));
  }

  @Override
  public TableSource open(Path folder) {
    return factory().create(new Config(List.of(folder.toString())));
  }

  private Table table(Config config) {
    List<Path> files = DatasetFolder.rows(name(), config.path(), List.of("rating_final\\.csv"));
    Path first = files.get(0);
    // UCI has commas, and copies of it semicolons.
    Join.Builder join = Join.of(TextTable.withHeader(files, TextFormat.ofHeader(first), RATING));
    RATING.forEach(join::column);
    profile(join, first, "userprofile.csv", "userID", "user_");
    profile(join, first, "geoplaces2.csv", "placeID", "place_");
    list(join, first, "usercuisine.csv", "userID", "Rcuisine", "user_cuisines");
    list(join, first, "userpayment.csv", "userID", "Upayment", "user_payments");
    list(join, first, "chefmozcuisine.csv", "placeID", "Rcuisine", "place_cuisines");
    list(join, first, "chefmozaccepts.csv", "placeID", "Rpayment", "place_payments");
    list(join, first, "chefmozparking.csv", "placeID", "parking_lot", "place_parking");
    return join.build();
  }

  private static Optional<Table> side(Path ratings, String name, String key) {
    return DatasetFolder.beside(ratings, name)
        .map(
            file ->
                TextTable.withHeader(List.of(file), TextFormat.quoted(",").latin1(), List.of(key)));
  }

  private static void profile(
      Join.Builder join, Path ratings, String name, String key, String prefix) {
    side(ratings, name, key)
        .ifPresent(
            table -> {
              Map<String, String> wanted = new LinkedHashMap<>();
              table.columns().stream()
                  .filter(column -> !column.equals(key))
                  .forEach(column -> wanted.put(prefix + column, column));
              join.join(table, key, key, wanted);
            });
  }

  private static void list(
      Join.Builder join, Path ratings, String name, String key, String value, String column) {
    side(ratings, name, key).ifPresent(table -> join.list(column, table, key, value, key));
  }
}
