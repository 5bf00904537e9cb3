package org.mtl4j.core.wiring;

import com.google.inject.AbstractModule;
import org.mtl4j.core.balancing.StaticWeights;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.optimizer.Adagrad;
import org.mtl4j.core.optimizer.Adam;
import org.mtl4j.core.optimizer.RowwiseAdagrad;
import org.mtl4j.core.optimizer.Sgd;

/** Binds the optimisers and balancing methods of mtl-core. */
public final class CoreModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    var optimizers = Registries.optimizers(binder());
    optimizers.addBinding("adam").toInstance(ConfiguredFactory.ofRecord(Adam.class));
    optimizers.addBinding("adagrad").toInstance(ConfiguredFactory.ofRecord(Adagrad.class));
    optimizers
        .addBinding("rowwise_adagrad")
        .toInstance(ConfiguredFactory.ofRecord(RowwiseAdagrad.class));
    optimizers.addBinding("sgd").toInstance(ConfiguredFactory.ofRecord(Sgd.class));
    Registries.balancings(binder())
        .addBinding("static")
        .toInstance(ConfiguredFactory.ofRecord(StaticWeights.class));
  }
}
