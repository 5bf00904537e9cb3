package org.mtl4j.experiment.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.reproduce.Reproduction.BaseExperiment;
import org.mtl4j.experiment.reproduce.Reproduction.Finding;

/** Which tasks go together, found by their weights. */
final class RelatedTasks {
  private static final PlantedTasks PLANTED =
      new PlantedTasks(
          20,
          4,
          "rows: 1000, correlations: [0.9, -0.9, -0.81, 0, 0, 0], slopes: [], shifts: [],"
              + " noise: 1");
  private static final String TASKS = "task_relationship";
  private static final String SINGLE = "single_task";

  private RelatedTasks() {}

  static Reproduction reproduction() {
    return new Reproduction(
        "task-relationship", finding(), experiment(), arms(), RelatedTasks::figures, claims());
  }

  private static Finding finding() {
    return new Finding(
        "Zhang and Yeung, \"A convex formulation for learning task relationships in multi-task"
            + " learning\", UAI 2010, section 5.1",
        "Of three linear tasks the learnt covariance says which is the opposite of which, and"
            + " which has nothing to do with the others.",
        "Four tasks of 20 features, 100 training rows and noise of variance 1: the second has a"
            + " correlation of .9 with the first, the third of -.9, the fourth of 0. The paper's"
            + " toy has one feature and 5 rows. The strength (0.1) was chosen among three on seeds"
            + " 101 to 103.");
  }

  private static BaseExperiment experiment() {
    return new BaseExperiment(
        PLANTED.yaml(
            "task-relationship",
            "{by: random, validation: 0.1, test: 0.8}",
            "epochs: 300, batch_size: 64, optimizer: {type: adam, learning_rate: 0.01}"),
        List.of("seed", "data.source.seed"),
        Map.of("training.epochs", "3"));
  }

  private static List<Arm> arms() {
    return List.of(
        Arm.ofModel(
            TASKS, "{type: task_relationship, bottom_layers: [], strength: 0.1, update_every: 10}"),
        Arm.ofModel("shared_bottom", "{type: shared_bottom, bottom_layers: [3], tower_layers: []}"),
        Arm.ofModel(SINGLE, "{type: single_task, layers: []}"));
  }

  private static Map<String, Double> figures(Figures.Trained trained) {
    Map<String, Double> figures = new LinkedHashMap<>(PLANTED.loss(trained));
    figures.putAll(new LearntRelations().of(trained));
    return figures;
  }

  private static List<Claim> claims() {
    return List.of(
        new Claim(
            "tasks that are alike are found: relation of 1 and 2",
            List.of(new Claim.Term(1, TASKS, "relation_12")),
            0.5),
        new Claim(
            "tasks that are opposites are found: less the relation of 1 and 3",
            List.of(new Claim.Term(-1, TASKS, "relation_13")),
            0.5),
        new Claim(
            "the unrelated one is less like task 1 than task 2 is",
            List.of(
                new Claim.Term(1, TASKS, "relation_12"), new Claim.Term(-1, TASKS, "relation_14")),
            0.3),
        new Claim(
            "and less opposed to it than task 3 is",
            List.of(
                new Claim.Term(1, TASKS, "relation_14"), new Claim.Term(-1, TASKS, "relation_13")),
            0.3),
        Claim.less("with few rows it is below single_task", TASKS, SINGLE, PlantedTasks.LOSS));
  }
}
