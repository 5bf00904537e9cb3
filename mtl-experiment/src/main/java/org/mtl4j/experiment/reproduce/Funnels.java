package org.mtl4j.experiment.reproduce;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.reproduce.Reproduction.BaseExperiment;
import org.mtl4j.experiment.reproduce.Reproduction.Finding;

/** Findings on conversions that only those who clicked can have. */
final class Funnels {
  private static final String NAIVE = "naive";

  private Funnels() {}

  /** Conversion rates over all impressions, learnt where nobody clicked as well. */
  static Reproduction conversions() {
    return new Reproduction(
        "funnel",
        finding(),
        new BaseExperiment(
            Reproductions.yaml("simulator-esmm.yaml"),
            List.of("seed", "data.source.seed"),
            Map.of("data.source.impressions", "20000", "training.epochs", "2")),
        List.of(
            arm(NAIVE, "{type: single_task, layers: [64, 32]}", "cart/auc", true),
            arm("single_task", "{type: single_task, layers: [64, 32]}", "cart/auc", false),
            funnel("esmm", "type: esmm"),
            funnel("escm2_ips", "type: escm2, estimator: ips"),
            funnel("escm2_dr", "type: escm2, estimator: dr"),
            funnel("aitm", "type: aitm"),
            arm(
                "dbmtl",
                "{type: dbmtl, parents: {cart: [click]}, bottom_layers: [64], tower_layers: [32]}",
                "cart/auc",
                false)),
        new FunnelTruth(),
        claims());
  }

  private static Finding finding() {
    return new Finding(
        "Ma and others, \"Entire space multi-task model\" (ESMM), SIGIR 2018; Wang and others,"
            + " \"ESCM2: entire space counterfactual multi-task model\", SIGIR 2022; Xi and"
            + " others, \"Modeling the sequential dependence among audience multi-step"
            + " conversions\" (AITM), KDD 2021; Wang and others (DBMTL), 2019",
        "A conversion rate that is learnt over the entire space of impressions ranks them"
            + " better than one learnt from clicks alone (naive), which has seen a selection;"
            + " that of ESCM2 is nearer to the truth than ESMM's; handing on what a stage knows (AITM) ranks"
            + " whole conversions better.",
        "A simulated shop of 200,000 impressions, click and then cart, in place of logs: its"
            + " true probabilities are known where nobody clicked too, so AUC and bias over"
            + " all rows are exact and not estimated. Each seed is another shop. The arms of one"
            + " or two networks are stopped by cart/auc, funnels by through_cart/auc, each by"
            + " what it learns. ESCM2's settings were chosen on seeds 101 and 102.");
  }

  private static List<Claim> claims() {
    return List.of(
        Claim.more("esmm ranks all rows better than naive", "esmm", NAIVE, "cvr_auc_all"),
        Claim.more(
            "escm2 by ips ranks all rows better than naive", "escm2_ips", NAIVE, "cvr_auc_all"),
        Claim.more(
            "escm2 by dr ranks all rows better than naive", "escm2_dr", NAIVE, "cvr_auc_all"),
        Claim.more("aitm ranks all rows better than naive", "aitm", NAIVE, "cvr_auc_all"),
        Claim.more("dbmtl ranks all rows better than naive", "dbmtl", NAIVE, "cvr_auc_all"),
        Claim.more(
            "esmm ranks whole conversions better than single_task",
            "esmm",
            "single_task",
            "ctcvr_auc_all"),
        Claim.more(
            "aitm ranks whole conversions better than esmm", "aitm", "esmm", "ctcvr_auc_all"),
        Claim.less(
            "esmm is nearer to the truth over all rows than naive", "esmm", NAIVE, "cvr_error_all"),
        Claim.less(
            "escm2 by ips is nearer to the truth over all rows than esmm",
            "escm2_ips",
            "esmm",
            "cvr_error_all"),
        Claim.less(
            "escm2 by dr is nearer to the truth over all rows than esmm",
            "escm2_dr",
            "esmm",
            "cvr_error_all"));
  }

  private static Arm funnel(String name, String model) {
    return arm(
        name,
        "{" + model + ", stages: [click, cart], tower_layers: [64, 32]}",
        "through_cart/auc",
        false);
  }

  private static Arm arm(String name, String model, String stoppedBy, boolean clicksAlone) {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("data.source.impressions", "200000");
    keys.put("model", model);
    keys.put("training.early_stopping.metric", stoppedBy);
    String click = "click: {type: binary, label: click}, ";
    keys.put(
        "tasks",
        "{"
            + (clicksAlone ? "" : click)
            + "cart: {type: binary, label: cart, where: \"click == 1\"}}");
    return new Arm(name, keys);
  }
}
