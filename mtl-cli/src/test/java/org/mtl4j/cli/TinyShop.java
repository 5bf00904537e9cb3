package org.mtl4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.mtl4j.testkit.TestSeed;

/** A small log with a task of each kind, and an experiment over it that trains in a second. */
final class TinyShop {
  /** The columns of the log; {@code click}, {@code rating} and {@code mood} are labels. */
  private static final String HEADER = "user,item,price,click,rating,mood";

  private static final List<String> MOODS = List.of("glad", "sad", "so, so");

  private final Path folder;
  private final SplittableRandom random = new SplittableRandom(TestSeed.value());

  private TinyShop(Path folder) {
    this.folder = folder;
  }

  /** Writes {@code train.csv}, {@code test.csv} and {@code shop.yaml}. */
  static TinyShop in(Path folder) throws IOException {
    TinyShop shop = new TinyShop(folder);
    shop.writeLog("train.csv", 400);
    shop.writeLog("test.csv", 100);
    Files.writeString(shop.experiment(), shop.yaml());
    return shop;
  }

  /** Replaces a part of the experiment. */
  TinyShop with(String find, String replacement) throws IOException {
    String yaml = Files.readString(experiment());
    if (!yaml.contains(find)) {
      throw new IllegalArgumentException("no \"" + find + "\" in " + yaml);
    }
    Files.writeString(experiment(), yaml.replace(find, replacement));
    return this;
  }

  Path experiment() {
    return folder.resolve("shop.yaml");
  }

  Path train() {
    return folder.resolve("train.csv");
  }

  Path test() {
    return folder.resolve("test.csv");
  }

  /** A file of the same rows as {@link #test}, without the labels. */
  Path unlabelled() throws IOException {
    Path file = folder.resolve("unlabelled.csv");
    List<String> lines =
        Files.readAllLines(test()).stream()
            .map(line -> String.join(",", List.of(line.split(",", -1)).subList(0, 3)))
            .toList();
    Files.write(file, lines);
    return file;
  }

  /** The log's items as candidates. */
  Path items() throws IOException {
    Path file = folder.resolve("items.csv");
    List<String> lines = new ArrayList<>(List.of("item,price"));
    for (int i = 0; i < 20; i++) {
      lines.add("i" + i + "," + price(i));
    }
    Files.write(file, lines);
    return file;
  }

  private void writeLog(String name, int rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int r = 0; r < rows; r++) {
      int user = random.nextInt(30);
      int item = random.nextInt(20);
      int click = random.nextInt(20) < item ? 1 : 0;
      String mood = MOODS.get(r < MOODS.size() ? r : random.nextInt(MOODS.size()));
      lines.add(
          "u%d,i%d,%s,%d,%d,\"%s\""
              .formatted(user, item, price(item), click, 1 + random.nextInt(5), mood));
    }
    Files.write(folder.resolve(name), lines);
  }

  private static String price(int item) {
    return (5 + item) + ".5";
  }

  private String yaml() {
    return """
        name: shop
        seed: 3
        data:
          source: {type: csv}
          columns: {cheap: "price < 10"}
          split: {by: files, train: %s, validation: 0.2, test: %s}
        features:
          user: {type: categorical, dim: 4, group: user}
          item: {type: categorical, dim: 4, group: item}
          price: {type: numeric, group: item}
          cheap: {type: numeric, transform: none, group: item}
        tasks:
          click: {type: binary, label: click}
          rating: {type: regression, label: rating, where: "click == 1"}
          mood: {type: multiclass, label: mood}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: []}
        training: {epochs: 2, batch_size: 64, threads: 1}
        evaluation: {k: [3], group_by: user}
        """
        .formatted(train(), test());
  }
}
