package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.testkit.TestSeed;

/** A log whose clicks follow from its items' prices, and the items, of which some have no entry. */
final class LookupShop {
  static final int ROWS = 1_500;
  static final int ITEMS = 30;
  private static final int KNOWN = 25;

  /** An entry of data.lookups over the file of items. */
  static final String ITEMS_LOOKUP =
      "{type: file, source: {type: csv, path: %s}, key: item_id, columns: [price, genre],"
          + " defaults: {price: 10}, group: item}";

  private final Path folder;
  private final Map<String, String[]> items = new LinkedHashMap<>();
  private final List<String[]> log = new ArrayList<>();

  LookupShop(Path folder) {
    this.folder = folder;
    Random random = TestSeed.random();
    for (int i = 0; i < KNOWN; i++) {
      String price = Integer.toString(random.nextInt(100));
      items.put("i" + i, new String[] {price, i % 6 == 0 ? "" : "genre " + i % 4});
    }
    for (int row = 0; row < ROWS; row++) {
      String item = row % 50 == 0 ? "" : "i" + random.nextInt(ITEMS);
      int price = Integer.parseInt(joined(item)[0]);
      int click = random.nextInt(100) < price ? 1 : 0;
      log.add(new String[] {"u" + random.nextInt(20), item, "" + random.nextInt(24), "" + click});
    }
  }

  /** What the join gives an id, by hand: price, genre, whether there is an entry. */
  String[] joined(String item) {
    String[] entry = items.get(item);
    return entry == null
        ? new String[] {"10", "", item.isEmpty() ? "" : "0"}
        : new String[] {entry[0], entry[1], "1"};
  }

  /** The entries as a program of its own has them. */
  Map<String, Map<String, String>> entries() {
    Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    items.forEach((id, entry) -> entries.put(id, Map.of("price", entry[0], "genre", entry[1])));
    return entries;
  }

  /** Rows of the log with nothing of the items but their ids. */
  List<Map<String, Object>> requests(int rows) {
    return log.stream()
        .limit(rows)
        .map(row -> Map.<String, Object>of("user_id", row[0], "item_id", row[1]))
        .toList();
  }

  Path items() throws IOException {
    List<String> lines = new ArrayList<>(List.of("genre,item_id,price"));
    items.forEach((id, entry) -> lines.add(entry[1] + "," + id + "," + entry[0]));
    return Files.write(folder.resolve("items.csv"), lines);
  }

  Path log() throws IOException {
    List<String> lines = new ArrayList<>(List.of("user_id,item_id,hour,click"));
    log.forEach(row -> lines.add(String.join(",", row)));
    return Files.write(folder.resolve("log.csv"), lines);
  }

  /** The log with the columns of the items, joined by hand. */
  Path joinedLog() throws IOException {
    List<String> lines =
        new ArrayList<>(List.of("user_id,item_id,hour,click,price,genre,items_found"));
    log.forEach(row -> lines.add(String.join(",", row) + "," + String.join(",", joined(row[1]))));
    return Files.write(folder.resolve("joined.csv"), lines);
  }

  /**
   * An experiment.
   *
   * @param lookups the value of data.lookups
   */
  static ConfigFile experiment(Path log, String lookups) {
    return ConfigFile.parse(
        """
        name: shop
        seed: 3
        data:
          source: {type: csv, path: %s}
          lookups: %s
          where: "hour < 22 and not (price == 99)"
          columns: {dear: "price > 50"}
          split: {by: random, validation: 0.1, test: 0.2}
        features:
          user_id: {type: categorical, dim: 4, group: user}
          price: {type: numeric}
          genre: {type: categorical, dim: 4}
          dear: {type: numeric, transform: none}
          known: {type: numeric, column: items_found, transform: none, indicator: true}
        tasks:
          click: {type: binary, label: click, where: "items_found == 1 or hour >= 0"}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
        training: {epochs: 2, batch_size: 128, threads: 1}
        """
            .formatted(log, lookups),
        "shop.yaml");
  }

  /** The same over the lookup of the items. */
  ConfigFile experiment() throws IOException {
    return experiment(log(), "{items: " + ITEMS_LOOKUP.formatted(items()) + "}");
  }
}
