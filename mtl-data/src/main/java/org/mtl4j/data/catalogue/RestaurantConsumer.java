package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * Restaurant and Consumer: ratings from 0 to 2 of a place, its food and its service, joined with
 * the profiles of the user ({@code user_} before their columns' names) and the place ({@code
 * place_}). {@code user_cuisines, user_payments, place_cuisines, place_payments, place_parking} are
 * lists between bars, as {@code multi_categorical} features read them. "?" is missing. Of the
 * profiles' files those are joined that stand beside the ratings.
 */
public final class RestaurantConsumer extends PathDataset {
  private static final List<String> RATING =
      List.of("userID", "placeID", "rating", "food_rating", "service_rating");

  /** The set as UCI publishes it. */
  public RestaurantConsumer() {
    super("?");
  }

  @Override
  public String name() {
    return "restaurant_consumer";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "Restaurant and Consumer: one rating of a place a row, with user and place; tasks rating,"
            + " food_rating and service_rating",
        URI.create("https://archive.ics.uci.edu/dataset/232/restaurant+consumer+data"),
        "CC BY 4.0",
        "Vargas-Govea, B., Gonzalez-Serna, G. and Ponce-Medellin, R.: Effects of relevant contextual"
            + " features in the performance of a restaurant recommender system. CARS workshop at RecSys"
            + " 2011.",
        RATING,
        List.of(
            Edition.of(
                "full",
                RemoteFile.at(
                    "https://archive.ics.uci.edu/ml/machine-learning-databases/00232/"
                        + "RCdata.zip"))));
  }

  @Override
  Table table(List<String> path) {
    List<Path> files = DatasetFolder.rows(name(), path, List.of("rating_final\\.csv"));
    Path first = DatasetFolder.firstOfOneFolder(name(), files);
    // UCI has commas, and copies of it semicolons.
    Join.Builder join = Join.of(TextTable.withHeader(files, TextFormat.ofHeader(first), RATING));
    join.columns(RATING);
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
    side(ratings, name, key).ifPresent(table -> join.join(table, key, column -> prefix + column));
  }

  private static void list(
      Join.Builder join, Path ratings, String name, String key, String value, String column) {
    side(ratings, name, key).ifPresent(table -> join.list(column, table, key, value));
  }
}
