package org.mtl4j.experiment.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.reproduce.Reproduction.BaseExperiment;
import org.mtl4j.experiment.reproduce.Reproduction.Finding;

/** Findings on what sharing among tasks is worth. */
final class Sharing {
  private static final String SINGLE = "single_task";

  private Sharing() {}

  /** Models that share by layers, experts or penalties, on Census-Income. */
  static Reproduction census() {
    return new Reproduction(
        "census-income",
        new Finding(
            "The comparisons on Census-Income of Ma and others (MMoE), KDD 2018; Ma and others"
                + " (SNR), AAAI 2019; Tang and others (PLE), RecSys 2020",
            "Models that choose what their tasks share (MMoE, SNR, PLE) are ahead of a shared"
                + " bottom, and no worse than a network a task.",
            "The official test file re-split (every 5th row is for the test), not the published"
                + " experiment: none of its figures is a reproduction of a published table. Models"
                + " with their default sizes, nothing tuned."),
        new BaseExperiment(
            Reproductions.yaml("census-income.yaml"),
            List.of("seed"),
            Map.of("data.training_share", "0.1", "training.epochs", "2")),
        ofModels(),
        new RunMetrics()
            .with("income_auc", "income/auc")
            .with("never_married_auc", "never_married/auc"),
        List.of(
            near("ple is not below single_task by more than .001", "ple", "income_auc"),
            near("mmoe is not below single_task by more than .001", "mmoe", "income_auc"),
            Claim.more("mmoe is above shared_bottom", "mmoe", "shared_bottom", "income_auc"),
            Claim.more("ple is above shared_bottom", "ple", "shared_bottom", "income_auc")));
  }

  private static List<Arm> ofModels() {
    List<Arm> arms = new ArrayList<>();
    for (String model :
        List.of(
            SINGLE,
            "shared_bottom",
            "cross_stitch",
            "sluice",
            "l2_constrained",
            "omoe",
            "mmoe",
            "cgc",
            "ple",
            "dselect_k",
            "snr_trans",
            "snr_aver",
            "mtan")) {
      arms.add(Arm.ofModel(model, "{type: " + model + "}"));
    }
    return arms;
  }

  private static Claim near(String says, String arm, String figure) {
    return new Claim(says, Claim.more(says, arm, SINGLE, figure).terms(), -0.001);
  }

  /** What rare events gain from frequent ones, on a simulated shop. */
  static Reproduction shop() {
    RunMetrics metrics = new RunMetrics();
    for (String task : List.of("click", "cart", "purchase")) {
      metrics = metrics.with(task + "_auc", task + "/auc");
    }
    return new Reproduction(
        "shop",
        new Finding(
            "Ma and others (MMoE), KDD 2018; Tang and others, \"Progressive layered extraction\","
                + " RecSys 2020",
            "Events that are rare, purchases, are predicted better by a model that learns them"
                + " with frequent ones.",
            "A simulated shop, another one each seed, in which a purchase is 1 in 90 impressions;"
                + " 140,000 of them are trained on and 200,000 are tested, for differences are"
                + " small beside what few tested purchases tell. All arms are stopped by the"
                + " purchases of validation rows."),
        new BaseExperiment(
            Reproductions.yaml("simulator.yaml"),
            List.of("seed", "data.source.seed"),
            Map.of("data.source.impressions", "20000", "training.epochs", "2")),
        List.of(
            shopArm(SINGLE, "{type: single_task, layers: [64, 32]}"),
            shopArm("mmoe", "{type: mmoe, experts: 8, expert_layers: [64], tower_layers: [32]}"),
            shopArm("ple", "{type: ple, expert_layers: [64], tower_layers: [32]}")),
        metrics,
        List.of(
            Claim.more("mmoe is above single_task at purchases", "mmoe", SINGLE, "purchase_auc"),
            Claim.more("ple is above single_task at purchases", "ple", SINGLE, "purchase_auc")));
  }

  private static Arm shopArm(String name, String model) {
    return new Arm(
        name,
        Map.of(
            "model",
            model,
            "data.source.impressions",
            "400000",
            "data.split.validation",
            "0.15",
            "data.split.test",
            "0.5",
            "training.epochs",
            "15",
            "training.early_stopping.metric",
            "purchase/auc"));
  }
}
