package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Default;
import org.mtl4j.data.table.TableSource;

/**
 * MovieLens: ratings joined with users and films, in the formats of 100K ({@code u.data}, {@code
 * ua.base} and the like), 1M and 10M's {@code ratings.dat}, and 20M, 25M, 32M and latest ({@code
 * ratings.csv}). Which one it is, the name of the file with the ratings says; the other tables are
 * looked for beside it, and their columns left out where they are not there.
 *
 * <p>All formats give {@code user_id, item_id, rating, timestamp} (seconds), {@code click} and
 * {@code purchase}, which are 1 from a rating on that the configuration names and 0 below it, and
 * of the film {@code title}, {@code release_year} and {@code genres}: a list between bars, as a
 * {@code multi_categorical} feature reads it. 100K and 1M have {@code age, gender, occupation,
 * zip_code} of the user (age groups in 1M); those with {@code tags.csv} have {@code tags}, the
 * different ones that anyone gave the film, in lower case: some are younger than the rating.
 */
public final class MovieLens implements PublicDataset {
  private static final String FOLDER = "https://files.grouplens.org/datasets/movielens/";

  /**
   * The keys of {@code movielens}.
   *
   * @param path a folder with the set's files, or files with its ratings; several are one table
   * @param clickFrom the least rating that counts as a click
   * @param purchaseFrom the least rating that counts as a purchase, at least {@code clickFrom}
   */
  public record Config(
      List<String> path, @Default("4") double clickFrom, @Default("5") double purchaseFrom) {
    /**
     * Checks every component.
     *
     * @throws IllegalArgumentException naming the key, what was expected and what was found
     */
    public Config {
      path = DatasetFolder.checked(path);
      if (purchaseFrom < clickFrom) {
        throw new IllegalArgumentException(
            "purchase_from: expected at least click_from, "
                + clickFrom
                + ", found "
                + purchaseFrom);
      }
    }
  }

  @Override
  public String name() {
    return "movielens";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "MovieLens: one rating a row, with its user and its film; tasks click and purchase, from the"
            + " rating, and rating",
        URI.create("https://grouplens.org/datasets/movielens/"),
        "GroupLens: research, no redistribution, no commercial use without permission",
        "Harper, F. M. and Konstan, J. A.: The MovieLens datasets: history and context. ACM"
            + " Transactions on Interactive Intelligent Systems 5 (4), 2015,"
            + " doi:10.1145/2827872.",
        List.of(
            "user_id",
            "item_id",
            "rating",
            "timestamp",
            "click",
            "purchase",
            "title",
            "release_year",
            "genres"),
        List.of(
            Edition.of(
                "100k",
                RemoteFile.at(FOLDER + "ml-100k.zip")
                    .with(4_924_029, Checksum.publishedMd5("0e33842e24a9c977be4e0107933c0723"))),
            Edition.of(
                "1m",
                RemoteFile.at(FOLDER + "ml-1m.zip")
                    .with(Checksum.publishedMd5("c4d9eecfca2ab87c1945afe126590906"))),
            // These two change under their names, and so no checksum holds for long.
            Edition.of("latest-small", RemoteFile.at(FOLDER + "ml-latest-small.zip")),
            Edition.of("latest", RemoteFile.at(FOLDER + "ml-latest.zip"))));
  }

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(Config.class, TableSource.class, this::source);
  }

  @Override
  public TableSource open(Path folder) {
    return source(new Config(List.of(folder.toString()), 4, 5));
  }

  private TableSource source(Config config) {
    List<Path> ratings =
        DatasetFolder.rows(name(), config.path(), List.of("u\\.data", "ratings\\.(dat|csv)"));
    String settings = name() + " " + config.clickFrom() + " " + config.purchaseFrom();
    return new TableSource(settings, MovieLensTables.of(ratings, config), Set.of());
  }
}
