package org.mtl4j.experiment.online;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;

/**
 * A shop that sells other items from day to day, as files of a day each: whether somebody clicks
 * follows from the item and the hour.
 */
record Shop(Path folder) {
  /** Of 300 rows, of which every third is clicked, an interval is some hundredths wide. */
  static final UpdateOptions OPTIONS = allowing();

  private static final String HEADER = "ts,user,item,price,hour,click";
  private static final int ITEMS = 60;
  private static final int NEW_ITEMS = 20;

  /** What may drift. */
  static UpdateOptions allowing(String... names) {
    return UpdateOptions.USUAL.with(new UpdateOptions.Judging(0.1, true, 0.1, Set.of(names)));
  }

  /** The rows of a day, without their header: a third of the items are sold for the first time. */
  static List<String> rows(int day, int count) {
    Random random = new Random(31L * day);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int item = day * NEW_ITEMS + random.nextInt(ITEMS);
      int hour = random.nextInt(24);
      double odds = 1.5 * Math.sin(item * 37) + (hour > 12 ? 0.7 : -0.7) - 0.5;
      int click = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
      rows.add(
          "%d,u%d,i%d,%.2f,%d,%d"
              .formatted(
                  day * 86_400 + i,
                  random.nextInt(40),
                  item,
                  1 + 9 * random.nextDouble(),
                  hour,
                  click));
    }
    return rows;
  }

  /** A file of a day. */
  String day(int day, int count) {
    return file("day-" + day + ".csv", rows(day, count));
  }

  /** The same with something done to each row. */
  String day(int day, int count, UnaryOperator<String> change) {
    return file("changed-" + day + ".csv", rows(day, count).stream().map(change).toList());
  }

  private String file(String name, List<String> rows) {
    try {
      Path file = folder.resolve(name);
      Files.write(file, Stream.concat(Stream.of(HEADER), rows.stream()).toList());
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A run on the first two days. */
  Run train(String name) {
    return train(name, "");
  }

  /** The same with another key of the data. */
  Run train(String name, String key) {
    List<String> rows = new ArrayList<>(rows(0, 1500));
    rows.addAll(rows(1, 1500));
    String yaml =
        """
        name: shop
        seed: 5
        data:
          source: {type: csv, path: '%s'}
          split: {by: time, column: ts, validation: 0.1, test: 0.2}
          cache: {enabled: false}
          %s
        features:
          item: {type: categorical, dim: 4}
          price: {type: numeric}
          hour: {type: numeric}
        tasks:
          click: {type: binary, label: click}
        model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
        training:
          epochs: 6
          batch_size: 64
          threads: 1
          optimizer: {type: adam, learning_rate: 0.01}
        """
            .formatted(file("first.csv", rows), key);
    return Experiment.of(ConfigFile.parse(yaml, "shop.yaml"))
        .train(TrainOptions.into(folder.resolve(name)), ExperimentListener.SILENT);
  }

  /** A copy of a run, to be gone on with. */
  Run copy(Run run, String name) {
    Path target = folder.resolve(name);
    try (Stream<Path> entries = Files.walk(run.files().folder())) {
      for (Path entry : entries.toList()) {
        Files.copy(entry, target.resolve(run.files().folder().relativize(entry).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Run.open(target);
  }
}
