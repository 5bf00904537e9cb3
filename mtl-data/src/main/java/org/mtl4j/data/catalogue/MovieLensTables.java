package org.mtl4j.data.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Decimals;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.RecordReader;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/** The formats in which MovieLens was published over the years, as one table. */
final class MovieLensTables {
  private static final List<String> RATING = List.of("user_id", "item_id", "rating", "timestamp");
  private static final Pattern YEAR = Pattern.compile("\\((\\d{4})\\)\\s*$");

  private static final List<String> GENRES_100K =
      List.of(
          "unknown",
          "Action",
          "Adventure",
          "Animation",
          "Children's",
          "Comedy",
          "Crime",
          "Documentary",
          "Drama",
          "Fantasy",
          "Film-Noir",
          "Horror",
          "Musical",
          "Mystery",
          "Romance",
          "Sci-Fi",
          "Thriller",
          "War",
          "Western");

  private static final String NO_GENRES = "(no genres listed)";

  private MovieLensTables() {}

  /** Ratings, and what stands beside the first file of them. */
  static Table of(List<Path> ratings, MovieLens.Config config) {
    Path first = DatasetFolder.firstOfOneFolder("movielens", ratings);
    String name = DatasetFolder.name(first);
    Tables tables =
        name.endsWith(".csv") ? csv(ratings) : name.endsWith(".dat") ? dat(ratings) : old(ratings);
    Join.Builder join = Join.of(tables.ratings()).columns(RATING);
    join.column("click", "rating", rating -> from(rating, config.clickFrom(), first));
    join.column("purchase", "rating", rating -> from(rating, config.purchaseFrom(), first));
    join.join(new Films(tables.films()), "item_id", UnaryOperator.identity());
    tables.users().ifPresent(users -> join.join(users, "user_id", UnaryOperator.identity()));
    tables.tags().ifPresent(tags -> join.list("tags", tags, "item_id", "tag"));
    return join.build();
  }

  private record Tables(Table ratings, Table films, Optional<Table> users, Optional<Table> tags) {}

  /** 100K: u.data or one of its splits, u.item, u.user. */
  private static Tables old(List<Path> ratings) {
    List<String> columns = new ArrayList<>(List.of("item_id", "title", "date", "video", "url"));
    columns.addAll(GENRES_100K);
    Path first = ratings.get(0);
    TextFormat bars = TextFormat.plain("|").latin1();
    return new Tables(
        TextTable.named(ratings, TextFormat.plain("\t"), RATING),
        TextTable.named(List.of(needed(first, "u.item")), bars, columns),
        DatasetFolder.beside(first, "u.user")
            .map(
                users ->
                    TextTable.named(
                        List.of(users),
                        bars,
                        List.of("user_id", "age", "gender", "occupation", "zip_code"))),
        Optional.empty());
  }

  /** 1M and 10M: ratings.dat, movies.dat, users.dat in the smaller one. */
  private static Tables dat(List<Path> ratings) {
    Path first = ratings.get(0);
    Optional<Path> users = DatasetFolder.beside(first, "users.dat");
    TextFormat colons = TextFormat.plain("::");
    TextFormat films = users.isPresent() ? colons.latin1() : colons;
    return new Tables(
        TextTable.named(ratings, colons, RATING),
        TextTable.named(
            List.of(needed(first, "movies.dat")), films, List.of("item_id", "title", "genres")),
        users.map(
            file ->
                TextTable.named(
                    List.of(file),
                    films,
                    List.of("user_id", "gender", "age", "occupation", "zip_code"))),
        Optional.empty());
  }

  /** 20M and later: files with headers. */
  private static Tables csv(List<Path> ratings) {
    TextFormat commas = TextFormat.quoted(",");
    Path first = ratings.get(0);
    Table rows =
        Join.of(
                TextTable.withHeader(
                    ratings, commas, List.of("userId", "movieId", "rating", "timestamp")))
            .column("user_id", "userId", id -> id)
            .column("item_id", "movieId", id -> id)
            .column("rating")
            .column("timestamp")
            .build();
    Table films =
        Join.of(
                TextTable.withHeader(
                    List.of(needed(first, "movies.csv")),
                    commas,
                    List.of("movieId", "title", "genres")))
            .column("item_id", "movieId", id -> id)
            .column("title")
            .column("genres")
            .build();
    Optional<Table> tags =
        DatasetFolder.beside(first, "tags.csv")
            .map(
                file ->
                    Join.of(TextTable.withHeader(List.of(file), commas, List.of("movieId", "tag")))
                        .column("item_id", "movieId", id -> id)
                        .column("tag", "tag", tag -> tag.toLowerCase(Locale.ROOT))
                        .build());
    return new Tables(rows, films, Optional.empty(), tags);
  }

  private static Path needed(Path ratings, String name) {
    return DatasetFolder.beside(ratings, name)
        .orElseThrow(
            () ->
                new MtlException(
                    new Problem(
                        ErrorCode.FILE_MISSING,
                        ratings.resolveSibling(name).toString(),
                        "Expected the films of movielens beside their ratings, found no such file.",
                        "Keep the set's files in one folder, as its archive has them.")));
  }

  private static String from(String rating, double least, Path file) {
    if (!Decimals.isNumber(rating)) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_VALUE,
              file.toString(),
              "Expected numbers as ratings, found \"" + rating + "\".",
              "Check that this is the file that the set publishes."));
    }
    return Decimals.valueOf(rating) >= least ? "1" : "0";
  }

  /** Films of one form: item_id, title, release_year, genres between bars. */
  private record Films(Table films) implements Table {
    @Override
    public List<String> columns() {
      return List.of("item_id", "title", "release_year", "genres");
    }

    @Override
    public List<Path> files() {
      return films.files();
    }

    @Override
    public RecordReader open() {
      return films.open().map(this::film);
    }

    private String[] film(String[] film) {
      Matcher year = YEAR.matcher(film[1]);
      String genres = film.length == 3 ? film[2] : flagged(film);
      return new String[] {
        film[0], film[1], year.find() ? year.group(1) : null, genres.equals(NO_GENRES) ? "" : genres
      };
    }

    private static String flagged(String[] film) {
      List<String> genres = new ArrayList<>();
      int first = film.length - GENRES_100K.size();
      for (int i = 0; i < GENRES_100K.size(); i++) {
        if (film[first + i].strip().equals("1")) {
          genres.add(GENRES_100K.get(i));
        }
      }
      return String.join("|", genres);
    }
  }
}
