package org.mtl4j.experiment.reproduce;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Regressions whose relations are planted.
 *
 * @param features how many there are, each the same for all tasks
 * @param tasks how many there are
 * @param source keys of their source
 */
record PlantedTasks(int features, int tasks, String source) {
  /** The mean over the tasks of the squared error on test rows, that of the noise included. */
  static final String LOSS = "loss";

  /** The square of each task's root mean square error, and their mean. */
  Map<String, Double> loss(Figures.Trained trained) {
    double sum = 0;
    for (int task = 1; task <= tasks; task++) {
      double root = trained.run().metric("test", "y" + task, "rmse");
      sum += root * root;
    }
    return Map.of(LOSS, sum / tasks);
  }

  /**
   * Their experiment file.
   *
   * @param name the experiment's
   * @param split how rows are split
   * @param training keys of its training
   */
  String yaml(String name, String split, String training) {
    return """
        name: %s
        seed: 1
        data:
          source: {type: synthetic_regression, features: %d, %s}
          split: %s
        features:
        %s
        tasks:
        %s
        model: {type: shared_bottom}
        training:
          {%s, threads: 1,
           early_stopping: {metrics: {%s}, patience: 300}}
        evaluation: {keep_predictions: false}
        """
        .formatted(
            name,
            features,
            source,
            split,
            lines("x", features, "{type: numeric, transform: none}"),
            lines("y", tasks, "{type: regression, label: y%d}"),
            training,
            IntStream.rangeClosed(1, tasks)
                .mapToObj(i -> "y" + i + "/rmse: 1")
                .collect(Collectors.joining(", ")));
  }

  private static String lines(String prefix, int count, String value) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> String.format(Locale.ROOT, "  %s%d: " + value, prefix, i, i))
        .collect(Collectors.joining("\n"));
  }
}
