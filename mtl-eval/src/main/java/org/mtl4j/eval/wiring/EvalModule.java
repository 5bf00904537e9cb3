package org.mtl4j.eval.wiring;

import static org.mtl4j.core.wiring.MetricBinder.metric;

import com.google.inject.AbstractModule;
import java.util.List;
import org.mtl4j.core.metric.Metric;
import org.mtl4j.eval.metric.Accuracy;
import org.mtl4j.eval.metric.Auc;
import org.mtl4j.eval.metric.LogLoss;
import org.mtl4j.eval.metric.MacroAuc;
import org.mtl4j.eval.metric.MacroF1;
import org.mtl4j.eval.metric.Mae;
import org.mtl4j.eval.metric.MicroF1;
import org.mtl4j.eval.metric.NdcgAtK;
import org.mtl4j.eval.metric.PrecisionAtK;
import org.mtl4j.eval.metric.Rmse;

/** Binds the metrics by name; reports list them in this order. */
public final class EvalModule extends AbstractModule {
  @Override
  protected void configure() {
    metric(binder(), "auc", settings -> List.of(new Auc()));
    metric(binder(), "macro_auc", settings -> List.of(new MacroAuc()));
    metric(binder(), "log_loss", settings -> List.of(new LogLoss()));
    metric(binder(), "accuracy", settings -> List.of(new Accuracy()));
    metric(binder(), "micro_f1", settings -> List.of(new MicroF1()));
    metric(binder(), "macro_f1", settings -> List.of(new MacroF1()));
    metric(binder(), "ndcg", s -> s.k().stream().<Metric>map(NdcgAtK::new).toList());
    metric(binder(), "precision", s -> s.k().stream().<Metric>map(PrecisionAtK::new).toList());
    metric(binder(), "rmse", settings -> List.of(new Rmse()));
    metric(binder(), "mae", settings -> List.of(new Mae()));
  }
}
