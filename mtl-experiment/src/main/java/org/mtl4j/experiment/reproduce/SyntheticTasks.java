package org.mtl4j.experiment.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.experiment.reproduce.Reproduction.BaseExperiment;
import org.mtl4j.experiment.reproduce.Reproduction.Finding;

/** Findings on regressions whose relations are planted. */
final class SyntheticTasks {
  /** The mean over the tasks of the squared error on test rows, that of the noise included. */
  static final String LOSS = "loss";

  private static final List<String> CORRELATIONS = List.of("0.5", "0.9", "1.0");
  private static final int FEATURES = 100;

  private SyntheticTasks() {}

  /** What mixtures of experts make of tasks that are more or less alike. */
  static Reproduction mixtures() {
    Map<String, String> models = new LinkedHashMap<>();
    models.put("shared_bottom", "{type: shared_bottom, bottom_layers: [119], tower_layers: [8]}");
    models.put("omoe", "{type: omoe, experts: 8, expert_layers: [16], tower_layers: [8]}");
    models.put("mmoe", "{type: mmoe, experts: 8, expert_layers: [16], tower_layers: [8]}");
    List<Arm> arms = new ArrayList<>();
    for (String correlation : CORRELATIONS) {
      models.forEach(
          (name, model) ->
              arms.add(
                  new Arm(
                      arm(name, correlation),
                      Map.of(
                          "model", model, "data.source.correlations", "[" + correlation + "]"))));
    }
    return new Reproduction(
        "mmoe-synthetic",
        new Finding(
            "Ma and others, \"Modeling task relationships in multi-task learning with multi-gate"
                + " mixture-of-experts\", KDD 2018, sections 3.2 and 3.3",
            "The loss of a shared bottom grows as two tasks' correlation falls from 1 to .5; that"
                + " of mixtures of experts grows less, and a gate a task (MMoE) stays below one"
                + " gate for both (OMoE) where the tasks are less alike.",
            "Sizes are the paper's (8 experts of 16, towers of 8, 119 shared units); it leaves"
                + " open how many rows there are and which sinusoids: here 20,000 rows and five"
                + " sinusoids of slopes .5 to 2.5. The paper's own figures are plots of 200 runs."),
        new BaseExperiment(
            yaml(
                "mmoe-synthetic",
                new Tasks(
                    FEATURES,
                    2,
                    "rows: 20000, correlations: [0.9], slopes: [0.5, 1, 1.5, 2, 2.5],"
                        + " shifts: [0, 1, 2, 3, 4]"),
                "{by: every, test: 5, validation: 10}",
                "epochs: 40, batch_size: 128"),
            List.of("seed", "data.source.seed"),
            Map.of("data.source.rows", "1500", "training.epochs", "3")),
        arms,
        new MeanSquare(2),
        List.of(
            Claim.more(
                "shared_bottom: the loss at correlation .5 is above that at 1",
                arm("shared_bottom", "0.5"),
                arm("shared_bottom", "1.0"),
                LOSS),
            Claim.less(
                "mmoe is below omoe at correlation .5",
                arm("mmoe", "0.5"),
                arm("omoe", "0.5"),
                LOSS),
            Claim.less(
                "mmoe is below shared_bottom at correlation .5",
                arm("mmoe", "0.5"),
                arm("shared_bottom", "0.5"),
                LOSS),
            new Claim(
                "shared_bottom loses more than mmoe when the correlation falls from 1 to .5",
                List.of(
                    new Claim.Term(1, arm("shared_bottom", "0.5"), LOSS),
                    new Claim.Term(-1, arm("shared_bottom", "1.0"), LOSS),
                    new Claim.Term(-1, arm("mmoe", "0.5"), LOSS),
                    new Claim.Term(1, arm("mmoe", "1.0"), LOSS)),
                0)));
  }

  private static String arm(String model, String correlation) {
    return model + "-" + correlation;
  }

  /** Which tasks go together, found by their weights. */
  static Reproduction relations() {
    String tasks = "task_relationship";
    return new Reproduction(
        "task-relationship",
        new Finding(
            "Zhang and Yeung, \"A convex formulation for learning task relationships in multi-task"
                + " learning\", UAI 2010, section 5.1",
            "Of three linear tasks the learnt covariance says which is the opposite of which, and"
                + " which has nothing to do with the others.",
            "Four tasks of 20 features, 100 training rows and noise of variance 1: the second has a"
                + " correlation of .9 with the first, the third of -.9, the fourth of 0. The paper's"
                + " toy has one feature and 5 rows. The strength (0.1) was chosen among three on seeds 101"
                + " to 103."),
        new BaseExperiment(
            yaml(
                "task-relationship",
                new Tasks(
                    20,
                    4,
                    "rows: 1000, correlations: [0.9, -0.9, -0.81, 0, 0, 0], slopes: [],"
                        + " shifts: [], noise: 1"),
                "{by: random, validation: 0.1, test: 0.8}",
                "epochs: 300, batch_size: 64"),
            List.of("seed", "data.source.seed"),
            Map.of("training.epochs", "3")),
        List.of(
            Arm.ofModel(
                tasks,
                "{type: task_relationship, bottom_layers: [], strength: 0.1, update_every: 10}"),
            Arm.ofModel(
                "shared_bottom", "{type: shared_bottom, bottom_layers: [3], tower_layers: []}"),
            Arm.ofModel("single_task", "{type: single_task, layers: []}")),
        trained -> {
          Map<String, Double> figures = new LinkedHashMap<>(new MeanSquare(4).of(trained));
          figures.putAll(new LearntRelations().of(trained));
          return figures;
        },
        List.of(
            new Claim(
                "tasks that are alike are found: relation of 1 and 2",
                List.of(new Claim.Term(1, tasks, "relation_12")),
                0.5),
            new Claim(
                "tasks that are opposites are found: less the relation of 1 and 3",
                List.of(new Claim.Term(-1, tasks, "relation_13")),
                0.5),
            new Claim(
                "the unrelated one is less like task 1 than task 2 is",
                List.of(
                    new Claim.Term(1, tasks, "relation_12"),
                    new Claim.Term(-1, tasks, "relation_14")),
                0.3),
            new Claim(
                "and less opposed to it than task 3 is",
                List.of(
                    new Claim.Term(1, tasks, "relation_14"),
                    new Claim.Term(-1, tasks, "relation_13")),
                0.3),
            Claim.less("with few rows it is below single_task", tasks, "single_task", LOSS)));
  }

  /** The square of each task's root mean square error, and their mean. */
  private record MeanSquare(int tasks) implements Figures {
    @Override
    public Map<String, Double> of(Trained trained) {
      double sum = 0;
      for (int task = 1; task <= tasks; task++) {
        double root = trained.run().metric("test", "y" + task, "rmse");
        sum += root * root;
      }
      return Map.of(LOSS, sum / tasks);
    }
  }

  /**
   * Planted tasks.
   *
   * @param features how many there are
   * @param tasks how many there are
   * @param keys of their source
   */
  private record Tasks(int features, int tasks, String keys) {}

  private static String yaml(String name, Tasks tasks, String split, String training) {
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
          {%s, threads: 1, optimizer: {type: adam, learning_rate: 0.01},
           early_stopping: {metrics: {%s}, patience: 300}}
        evaluation: {keep_predictions: false}
        """
        .formatted(
            name,
            tasks.features(),
            tasks.keys(),
            split,
            lines("x", tasks.features(), "{type: numeric, transform: none}"),
            lines("y", tasks.tasks(), "{type: regression, label: y%d}"),
            training,
            IntStream.rangeClosed(1, tasks.tasks())
                .mapToObj(i -> "y" + i + "/rmse: 1")
                .collect(Collectors.joining(", ")));
  }

  private static String lines(String prefix, int count, String value) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> String.format(Locale.ROOT, "  %s%d: " + value, prefix, i, i))
        .collect(Collectors.joining("\n"));
  }
}
