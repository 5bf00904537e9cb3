package org.mtl4j.experiment.reproduce;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.reproduce.Reproduction.BaseExperiment;
import org.mtl4j.experiment.reproduce.Reproduction.Finding;

/** What mixtures of experts make of tasks that are more or less alike. */
final class Mixtures {
  private static final PlantedTasks TASKS =
      new PlantedTasks(
          100,
          2,
          "rows: 300000, correlations: [0.9], slopes: [0.7, 1.4, 2.1, 2.8, 3.5],"
              + " shifts: [0, 1, 2, 3, 4]");
  private static final List<String> CORRELATIONS = List.of("0.5", "1.0");

  /**
   * The natural logarithm of the loss: a difference is that of a factor, and bad optima weigh less.
   */
  private static final String LOGARITHM = "loss_logarithm";

  private Mixtures() {}

  static Reproduction reproduction() {
    return new Reproduction(
        "mmoe-synthetic", finding(), experiment(), arms(), Mixtures::figures, claims());
  }

  private static Finding finding() {
    return new Finding(
        "Ma and others, \"Modeling task relationships in multi-task learning with multi-gate"
            + " mixture-of-experts\", KDD 2018, sections 3.2 and 3.3",
        "The loss of a shared bottom grows as two tasks' correlation falls from 1 to .5; that"
            + " of mixtures of experts grows less, and a gate a task (MMoE) stays below one"
            + " gate for both (OMoE) where the tasks are less alike.",
        "Sizes are the paper's (8 experts of 16, towers of 8, 119 shared units); it leaves"
            + " open how many rows there are and which sinusoids: here 270,000 rows, four"
            + " epochs and five sinusoids of slopes .7 to 3.5, chosen among a few on seeds 1"
            + " to 4. Losses are compared by their logarithms, as some shared bottoms end in"
            + " optima several times as bad. The paper's own figures are plots of 200 runs.");
  }

  private static BaseExperiment experiment() {
    return new BaseExperiment(
        TASKS.yaml(
            "mmoe-synthetic",
            "{by: every, test: 20, validation: 20}",
            "epochs: 4, batch_size: 64, schedule: {type: cosine},"
                + " optimizer: {type: adam, learning_rate: 0.005}"),
        List.of("seed", "data.source.seed"),
        Map.of("data.source.rows", "1500", "training.epochs", "1"));
  }

  private static List<Arm> arms() {
    Map<String, String> models = new LinkedHashMap<>();
    models.put("shared_bottom", "{type: shared_bottom, bottom_layers: [119], tower_layers: [8]}");
    models.put("omoe", "{type: omoe, experts: 8, expert_layers: [16], tower_layers: [8]}");
    models.put("mmoe", "{type: mmoe, experts: 8, expert_layers: [16], tower_layers: [8]}");
    List<Arm> arms = new ArrayList<>();
    for (String correlation : CORRELATIONS) {
      String correlations = "[" + correlation + "]";
      models.forEach(
          (name, model) ->
              arms.add(
                  new Arm(
                      arm(name, correlation),
                      Map.of("model", model, "data.source.correlations", correlations))));
    }
    return arms;
  }

  private static List<Claim> claims() {
    return List.of(
        Claim.more(
            "shared_bottom: the loss at correlation .5 is above that at 1",
            arm("shared_bottom", "0.5"),
            arm("shared_bottom", "1.0"),
            LOGARITHM),
        below("omoe"),
        below("shared_bottom"),
        losesMore("shared_bottom"),
        losesMore("omoe"));
  }

  private static Claim below(String model) {
    return Claim.less(
        "mmoe is below " + model + " at correlation .5",
        arm("mmoe", "0.5"),
        arm(model, "0.5"),
        LOGARITHM);
  }

  private static Map<String, Double> figures(Figures.Trained trained) {
    Map<String, Double> figures = new LinkedHashMap<>(TASKS.loss(trained));
    figures.put(LOGARITHM, Math.log(figures.get(PlantedTasks.LOSS)));
    return figures;
  }

  private static Claim losesMore(String model) {
    return new Claim(
        model + " loses more than mmoe when the correlation falls from 1 to .5",
        List.of(
            new Claim.Term(1, arm(model, "0.5"), LOGARITHM),
            new Claim.Term(-1, arm(model, "1.0"), LOGARITHM),
            new Claim.Term(-1, arm("mmoe", "0.5"), LOGARITHM),
            new Claim.Term(1, arm("mmoe", "1.0"), LOGARITHM)),
        0);
  }

  private static String arm(String model, String correlation) {
    return model + "-" + correlation;
  }
}
