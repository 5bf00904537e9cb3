package org.mtl4j.eval.wiring;

import static org.mtl4j.core.wiring.MetricBinder.metric;

import com.google.inject.AbstractModule;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.mtl4j.core.metric.EvaluationSettings;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.eval.metric.Accuracy;
import org.mtl4j.eval.metric.AdaptiveEce;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.BestF1;
import org.mtl4j.eval.metric.BestThreshold;
import org.mtl4j.eval.metric.Brier;
import org.mtl4j.eval.metric.ClassMae;
import org.mtl4j.eval.metric.ClusterNmi;
import org.mtl4j.eval.metric.CoverageAtK;
import org.mtl4j.eval.metric.DiversityAtK;
import org.mtl4j.eval.metric.Ece;
import org.mtl4j.eval.metric.ExplainedVariance;
import org.mtl4j.eval.metric.F1Score;
import org.mtl4j.eval.metric.Gauc;
import org.mtl4j.eval.metric.HitRateAtK;
import org.mtl4j.eval.metric.Ks;
import org.mtl4j.eval.metric.LogLoss;
import org.mtl4j.eval.metric.MacroAuc;
import org.mtl4j.eval.metric.MacroF1;
import org.mtl4j.eval.metric.Mae;
import org.mtl4j.eval.metric.MapAtK;
import org.mtl4j.eval.metric.Mape;
import org.mtl4j.eval.metric.MeanSilhouette;
import org.mtl4j.eval.metric.MicroF1;
import org.mtl4j.eval.metric.Mrr;
import org.mtl4j.eval.metric.NdcgAtK;
import org.mtl4j.eval.metric.NormalisedEntropy;
import org.mtl4j.eval.metric.Pcoc;
import org.mtl4j.eval.metric.PopularityAtK;
import org.mtl4j.eval.metric.PrAuc;
import org.mtl4j.eval.metric.PrecisionAtK;
import org.mtl4j.eval.metric.QuantileLoss;
import org.mtl4j.eval.metric.R2;
import org.mtl4j.eval.metric.RecallAtK;
import org.mtl4j.eval.metric.ReconstructionMse;
import org.mtl4j.eval.metric.Rmse;
import org.mtl4j.eval.metric.Spearman;
import org.mtl4j.eval.metric.TopAccuracy;
import org.mtl4j.eval.metric.WeightedKappa;
import org.mtl4j.eval.metric.Xauc;

/**
 * Binds the metrics by name; reports list them in this order. Without a choice of the experiment's
 * an output has the few that most readers look for.
 */
public final class EvalModule extends AbstractModule {
  @Override
  protected void configure() {
    metric(binder(), "auc", one(new Auc()));
    metric(binder(), "pr_auc", one(new PrAuc()));
    metric(binder(), "macro_auc", one(new MacroAuc()));
    metric(binder(), "log_loss", one(new LogLoss()));
    metric(binder(), "accuracy", one(new Accuracy()));
    metric(binder(), "micro_f1", one(new MicroF1()));
    metric(binder(), "macro_f1", one(new MacroF1()));
    metric(binder(), "class_mae", one(new ClassMae()));
    metric(binder(), "quadratic_kappa", one(new WeightedKappa()));
    metric(binder(), "ndcg", atEachK(NdcgAtK::new));
    metric(binder(), "precision", atEachK(PrecisionAtK::new));
    metric(binder(), "rmse", one(new Rmse()));
    metric(binder(), "mae", one(new Mae()));
    metric(binder(), "reconstruction_mse", one(new ReconstructionMse()));
    metric(binder(), "explained_variance", one(new ExplainedVariance()));
    metric(binder(), "silhouette", one(new MeanSilhouette()));
    metric(binder(), "nmi", one(new ClusterNmi()));
    calibration();
    thresholds();
    rankings();
    items();
    regressions();
  }

  private void calibration() {
    onRequest("normalised_entropy", one(new NormalisedEntropy()));
    onRequest("brier", one(new Brier()));
    onRequest("ece", one(new Ece()));
    onRequest("adaptive_ece", one(new AdaptiveEce()));
    onRequest("pcoc", one(new Pcoc()));
  }

  private void thresholds() {
    onRequest("f1", one(new F1Score()));
    onRequest("best_f1", one(new BestF1()));
    onRequest("best_threshold", one(new BestThreshold()));
    onRequest("ks", one(new Ks()));
    onRequest("top_accuracy", atEachK(TopAccuracy::new));
  }

  private void rankings() {
    onRequest("gauc", one(new Gauc()));
    onRequest("recall", atEachK(RecallAtK::new));
    onRequest("hit_rate", atEachK(HitRateAtK::new));
    onRequest("map", atEachK(MapAtK::new));
    onRequest("mrr", one(new Mrr()));
  }

  private void items() {
    onRequest("coverage", atEachK(CoverageAtK::new));
    onRequest("popularity", atEachK(PopularityAtK::new));
    onRequest("diversity", atEachK(DiversityAtK::new));
  }

  private void regressions() {
    onRequest("mape", one(new Mape()));
    onRequest("r2", one(new R2()));
    onRequest("spearman", one(new Spearman()));
    onRequest("xauc", one(new Xauc()));
    onRequest("quantile_loss", each(EvaluationSettings::quantiles, QuantileLoss::new));
  }

  private void onRequest(String name, MetricFactory factory) {
    metric(binder(), name, factory.onRequest());
  }

  private static MetricFactory one(Metric metric) {
    return settings -> List.of(metric);
  }

  private static MetricFactory atEachK(IntFunction<Metric> metric) {
    return each(EvaluationSettings::k, metric::apply);
  }

  private static <T> MetricFactory each(
      Function<EvaluationSettings, List<T>> values, Function<T, Metric> metric) {
    return settings -> values.apply(settings).stream().map(metric).toList();
  }
}
