package org.mtl4j.core.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;
import org.mtl4j.core.balancing.CaGrad;
import org.mtl4j.core.balancing.DecayingWeights;
import org.mtl4j.core.balancing.DynamicTaskPrioritization;
import org.mtl4j.core.balancing.DynamicWeightAverage;
import org.mtl4j.core.balancing.Famo;
import org.mtl4j.core.balancing.GeometricMean;
import org.mtl4j.core.balancing.GradNorm;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.balancing.MetaBalance;
import org.mtl4j.core.balancing.MetaWeights;
import org.mtl4j.core.balancing.Mgda;
import org.mtl4j.core.balancing.NashMtl;
import org.mtl4j.core.balancing.PcGrad;
import org.mtl4j.core.balancing.RandomWeights;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.balancing.UncertaintyWeights;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.AdamW;
import org.mtl4j.core.optimizer.ConstantRate;
import org.mtl4j.core.optimizer.CosineDecay;
import org.mtl4j.core.optimizer.ExponentialDecay;
import org.mtl4j.core.optimizer.Ftrl;
import org.mtl4j.core.optimizer.ReduceOnPlateau;
import org.mtl4j.core.optimizer.RowwiseAdagrad;
import org.mtl4j.core.optimizer.Sgd;

/** Binds the optimisers, schedules and balancing methods of mtl-core. */
public final class CoreModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    var optimizers = Registries.optimizers(binder());
    optimizers.addBinding("adam").toInstance(ConfiguredFactory.ofRecord(Adam.class));
    optimizers.addBinding("adamw").toInstance(ConfiguredFactory.ofRecord(AdamW.class));
    optimizers.addBinding("adagrad").toInstance(ConfiguredFactory.ofRecord(Adagrad.class));
    optimizers
        .addBinding("rowwise_adagrad")
        .toInstance(ConfiguredFactory.ofRecord(RowwiseAdagrad.class));
    optimizers.addBinding("sgd").toInstance(ConfiguredFactory.ofRecord(Sgd.class));
    optimizers.addBinding("ftrl").toInstance(ConfiguredFactory.ofRecord(Ftrl.class));
    var schedules = Registries.schedules(binder());
    schedules.addBinding("constant").toInstance(ConfiguredFactory.ofRecord(ConstantRate.class));
    schedules.addBinding("cosine").toInstance(ConfiguredFactory.ofRecord(CosineDecay.class));
    schedules
        .addBinding("exponential")
        .toInstance(ConfiguredFactory.ofRecord(ExponentialDecay.class));
    schedules.addBinding("plateau").toInstance(ConfiguredFactory.ofRecord(ReduceOnPlateau.class));
    var balancings = Registries.balancings(binder());
    bind(balancings, "static", StaticWeights.class);
    bind(balancings, "decay", DecayingWeights.class);
    bind(balancings, "random", RandomWeights.class);
    bind(balancings, "uncertainty", UncertaintyWeights.class);
    bind(balancings, "dwa", DynamicWeightAverage.class);
    bind(balancings, "dtp", DynamicTaskPrioritization.class);
    bind(balancings, "geometric", GeometricMean.class);
    bind(balancings, "famo", Famo.class);
    bind(balancings, "meta", MetaWeights.class);
    bind(balancings, "gradnorm", GradNorm.class);
    bind(balancings, "pcgrad", PcGrad.class);
    bind(balancings, "cagrad", CaGrad.class);
    bind(balancings, "mgda", Mgda.class);
    bind(balancings, "nash_mtl", NashMtl.class);
    bind(balancings, "metabalance", MetaBalance.class);
  }

  private static <B extends Record & LossBalancing> void bind(
      MapBinder<String, ConfiguredFactory<?, ? extends LossBalancing>> balancings,
      String name,
      Class<B> type) {
    balancings.addBinding(name).toInstance(ConfiguredFactory.ofRecord(type));
  }
}
