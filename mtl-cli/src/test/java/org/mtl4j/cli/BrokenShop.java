package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.cli.Cli.Ran;

/**
 * The smallest experiment that trains, to be broken in one place: what a user is told then is
 * compared word for word, and nothing must be left behind. In texts, {@code DIR} is the folder.
 */
final class BrokenShop {
  /** The experiment's columns. */
  static final String HEADER = "user,price,click\n";

  /** Rows that can be learnt from. */
  static final String ROWS =
      "ann,1.5,0\nbob,2,1\nann,3,1\ncid,4.25,0\nbob,5,1\nann,6,0\ncid,7,1\nbob,8,0\n";

  /** What to do about a row of too few or too many fields. */
  static final String FIELDS_REMEDY =
      "  Mend the row, check data.source.delimiter, or set data.source.on_bad_row: skip to leave"
          + " such rows out.";

  /** What to do about text in a numeric column. */
  static final String NUMBER_REMEDY =
      "  If it stands for a missing value, add it to data.source.missing; if the column is not"
          + " numeric, make the feature categorical or compare it with 'text'.";

  private static final String YAML =
      """
      name: broken
      data:
        source:
          type: csv
          path: DIR/log.csv
          # more
        split: {by: every, test: 4}
      features:
        user: {type: categorical, dim: 2}
        price: {type: numeric}
      tasks:
        click: {type: binary, label: click}
      model: {type: shared_bottom, bottom_layers: [2], tower_layers: []}
      training: {epochs: 1, batch_size: 4, threads: 1}
      """;

  private final Path folder;

  private BrokenShop(Path folder) {
    this.folder = folder;
  }

  /** An experiment over {@code log.csv}, with rows that can be learnt from. */
  static BrokenShop in(Path folder) throws IOException {
    BrokenShop shop = new BrokenShop(folder);
    shop.yaml(YAML);
    return shop.log(HEADER + ROWS);
  }

  /** Replaces the log. */
  BrokenShop log(String text) throws IOException {
    return log(text, StandardCharsets.UTF_8);
  }

  /** Replaces the log by one in another encoding. */
  BrokenShop log(String text, Charset charset) throws IOException {
    return log(text.getBytes(charset));
  }

  /** Replaces the log by any bytes. */
  BrokenShop log(byte[] bytes) throws IOException {
    Files.write(folder.resolve("log.csv"), bytes);
    return this;
  }

  /** Replaces the experiment. */
  BrokenShop yaml(String text) throws IOException {
    Files.writeString(experiment(), text.replace("DIR", folder.toString()));
    return this;
  }

  /** Replaces a part of the experiment. */
  BrokenShop with(String find, String replacement) throws IOException {
    String yaml = Files.readString(experiment());
    assertThat(yaml).contains(find);
    return yaml(yaml.replace(find, replacement));
  }

  /** Adds a key to the source; the first stands at 6:5 of the experiment. */
  BrokenShop source(String key) throws IOException {
    return with("    # more", "    " + key + "\n    # more");
  }

  Path experiment() {
    return folder.resolve("broken.yaml");
  }

  Path run() {
    return folder.resolve("run");
  }

  /** Trains whatever the linter says; options may name the folder by {@code DIR}. */
  Ran train(String... options) {
    List<String> words =
        new ArrayList<>(List.of("train", experiment().toString(), "--output", run().toString()));
    words.add("--no-lint"); // Its logs of a few rows have few positives.
    words.addAll(List.of(options));
    return mtl(words.toArray(String[]::new));
  }

  /** Runs any command; words may name the folder by {@code DIR}. */
  Ran mtl(String... words) {
    List<String> placed = new ArrayList<>();
    for (String word : words) {
      placed.add(word.replace("DIR", folder.toString()));
    }
    return Cli.run(placed.toArray(String[]::new));
  }

  /** A command was refused with these lines, all of them, and no run was begun. */
  void assertRefused(Ran ran, String... lines) {
    assertThat(said(ran)).isEqualTo(String.join("\n", lines) + "\n");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(run()).doesNotExist();
  }

  /** A command did what it should, with these warnings and no others, each said once. */
  void assertWarned(Ran ran, String... warnings) {
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(said(ran).lines().filter(line -> line.startsWith("warning: ")))
        .containsExactly(warnings);
  }

  /** The standard error, with {@code DIR} for the folder. */
  String said(Ran ran) {
    return ran.err().replace(folder.toString(), "DIR");
  }
}
