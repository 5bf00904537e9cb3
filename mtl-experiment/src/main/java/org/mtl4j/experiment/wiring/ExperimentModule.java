package org.mtl4j.experiment.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.Map;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.metric.MetricFactory;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.optimizer.LearningRateSchedule;
import org.mtl4j.core.optimizer.Optimizer;
import org.mtl4j.core.wiring.MetricBinder;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.experiment.run.Architectures;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Parts;

/** Makes the {@link ExperimentService} out of what the other modules bind. */
public final class ExperimentModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    Registries.sources(binder());
    Registries.lookups(binder());
    Registries.models(binder());
    Registries.bottoms(binder());
    Registries.optimizers(binder());
    Registries.schedules(binder());
    Registries.balancings(binder());
    MetricBinder.metrics(binder());
  }

  @Provides
  @Singleton
  Registry<BatchSource> sources(Map<String, ConfiguredFactory<?, ? extends BatchSource>> bound) {
    return new Registry<>("source", bound);
  }

  @Provides
  @Singleton
  Registry<LookupTable> lookups(Map<String, ConfiguredFactory<?, ? extends LookupTable>> bound) {
    return new Registry<>("lookup", bound);
  }

  @Provides
  @Singleton
  Architectures architectures(
      Map<String, ConfiguredFactory<?, ? extends Model>> models,
      Map<String, ConfiguredFactory<?, ? extends Bottom>> bottoms) {
    return new Architectures(new Registry<>("model", models), new Registry<>("bottom", bottoms));
  }

  @Provides
  @Singleton
  Registry<Optimizer> optimizers(Map<String, ConfiguredFactory<?, ? extends Optimizer>> bound) {
    return new Registry<>("optimizer", bound);
  }

  @Provides
  @Singleton
  Registry<LearningRateSchedule> schedules(
      Map<String, ConfiguredFactory<?, ? extends LearningRateSchedule>> bound) {
    return new Registry<>("schedule", bound);
  }

  @Provides
  @Singleton
  Registry<LossBalancing> balancings(
      Map<String, ConfiguredFactory<?, ? extends LossBalancing>> bound) {
    return new Registry<>("balancing method", bound);
  }

  @Provides
  @Singleton
  Parts.Updating updating(
      Registry<Optimizer> optimizers,
      Registry<LearningRateSchedule> schedules,
      Registry<LossBalancing> balancings) {
    return new Parts.Updating(optimizers, schedules, balancings);
  }

  @Provides
  @Singleton
  Parts parts(
      Registry<BatchSource> sources,
      Registry<LookupTable> lookups,
      Architectures models,
      Parts.Updating updating,
      Map<String, MetricFactory> metrics) {
    return new Parts(sources, lookups, models, updating, metrics);
  }

  @Provides
  @Singleton
  ExperimentService service(Parts parts) {
    return new ExperimentService(parts);
  }
}
