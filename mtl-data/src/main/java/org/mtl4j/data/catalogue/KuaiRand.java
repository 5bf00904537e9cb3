package org.mtl4j.data.catalogue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Default;
import org.mtl4j.data.table.Join;
import org.mtl4j.data.table.Table;
import org.mtl4j.data.table.TableSource;
import org.mtl4j.data.table.TextFormat;
import org.mtl4j.data.table.TextTable;

/**
 * KuaiRand: impressions of short videos with a dozen kinds of feedback, joined with the users'
 * features ({@code user_} before their names) and the videos' basic ones ({@code video_}), where
 * those files stand beside the log. The videos' statistics are not joined: they were counted over
 * the very time of the log and give its labels away.
 *
 * <p>Labels are {@code is_click, long_view, is_like, is_follow, is_comment, is_forward,
 * is_profile_enter} and others; {@code play_time_ms, comment_stay_time} and {@code
 * profile_stay_time} give them away.
 */
public final class KuaiRand implements PublicDataset {
  private static final String FOLDER = "https://zenodo.org/records/10439422/files/";

  /** Which of the logs to read. */
  public enum Logs {
    /** What the recommender showed. */
    STANDARD,
    /** Videos that were put in at random. */
    RANDOM,
    /** Both; {@code is_rand} tells them apart. */
    ALL
  }

  /**
   * The keys of {@code kuairand}.
   *
   * @param path a folder with the set's files, or files with its log; several are one table
   * @param logs which logs of a folder to read
   */
  public record Config(List<String> path, @Default("standard") Logs logs) {
    /**
     * Checks every component.
     *
     * @throws IllegalArgumentException naming the key, what was expected and what was found
     */
    public Config {
      path = DatasetFolder.checked(path);
      logs = logs == null ? Logs.STANDARD : logs;
    }
  }

  @Override
  public String name() {
    return "kuairand";
  }

  @Override
  public DatasetCard card() {
    return new DatasetCard(
        "KuaiRand: one impression of a short video a row, with user and video; tasks is_click,"
            + " long_view, is_like, is_follow and others",
        URI.create("https://kuairand.com"),
        "CC BY-SA 4.0",
        "Gao, C. and others: KuaiRand: an unbiased sequential recommendation dataset with randomly"
            + " exposed videos. CIKM 2022, arXiv:2208.08696.",
        List.of("user_id", "video_id", "date", "is_click", "long_view"),
        List.of(
            edition("pure", "KuaiRand-Pure", 47_432_272L, "0820331067a3784d9691136f772b35a7"),
            edition("1k", "KuaiRand-1K", 1_135_436_720L, "6b0b9c8222d67fcd4c676218edca3f1f"),
            edition("27k", "KuaiRand-27K", 9_892_191_178L, "3e3c799a24e2d23a4d2c757fbf9adf59")));
  }

  private static Edition edition(String name, String archive, long bytes, String md5) {
    RemoteFile file = RemoteFile.at(FOLDER + archive + ".tar.gz");
    return Edition.of(name, file.with(bytes, Checksum.publishedMd5(md5)));
  }

  @Override
  public ConfiguredFactory<Config, TableSource> factory() {
    return new ConfiguredFactory<>(Config.class, TableSource.class, this::source);
  }

  @Override
  public TableSource open(Path folder) {
    return source(new Config(List.of(folder.toString()), Logs.STANDARD));
  }

  private TableSource source(Config config) {
    String log =
        switch (config.logs()) {
          case STANDARD -> "log_standard_.*\\.csv";
          case RANDOM -> "log_random_.*\\.csv";
          case ALL -> "log_(standard|random)_.*\\.csv";
        };
    List<Path> files =
        DatasetFolder.rows(name(), config.path(), List.of(log, "processed_standard_.*\\.tsv"));
    return new TableSource(name(), table(files), Set.of());
  }

  private Table table(List<Path> logs) {
    Path first = DatasetFolder.firstOfOneFolder(name(), logs);
    for (Path log : logs) {
      if (!edition(log).equals(edition(first))) {
        throw DatasetFolder.mixed(name(), first, log);
      }
    }
    Join.Builder join =
        Join.of(TextTable.withHeader(logs, TextFormat.ofHeader(first), card().columns())).rest();
    join(join, first, "user_features", "user_id", "user_");
    join(join, first, "video_features_basic", "video_id", "video_");
    return join.build();
  }

  /** The end of a file's name: 27K's logs come in parts, its users and videos do not. */
  private static String edition(Path log) {
    String name = DatasetFolder.name(log).replaceFirst("_part\\d+(?=\\.)", "");
    return name.substring(name.lastIndexOf('_') + 1);
  }

  /** Joins the file of the same edition as the log, if it is there. */
  private static void join(
      Join.Builder join, Path log, String prefix, String key, String columnPrefix) {
    Optional<Path> file = DatasetFolder.beside(log, prefix + "_" + edition(log));
    if (file.isEmpty()) {
      return;
    }
    List<Path> files = List.of(file.get());
    Table table = TextTable.withHeader(files, TextFormat.ofHeader(file.get()), List.of(key));
    Join.Builder lists = Join.of(table);
    for (String column : table.columns()) {
      // A video's tags stand in one field, between commas.
      lists.column(
          column, column, column.equals("tag") ? text -> text.replace(',', '|') : text -> text);
    }
    join.join(
        lists.build(),
        key,
        column -> column.startsWith(columnPrefix) ? column : columnPrefix + column);
  }
}
