package org.mtl4j.core.wiring;

import com.google.inject.Binder;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import org.mtl4j.core.balancing.LossBalancing;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.optimizer.LearningRateSchedule;
import org.mtl4j.core.optimizer.Optimizer;

/**
 * Where modules bind the members of open sets, one line each: {@code
 * Registries.models(binder).addBinding("mmoe").toInstance(ConfiguredFactory.ofRecord(Mmoe.class))}.
 * A name bound twice stops the start.
 */
public final class Registries {
  private Registries() {}

  /** The sources, by {@code data.source.type}. */
  public static MapBinder<String, ConfiguredFactory<?, ? extends BatchSource>> sources(
      Binder binder) {
    return MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<>() {});
  }

  /** The tables that ids are looked up in, by {@code data.lookups.NAME.type}. */
  public static MapBinder<String, ConfiguredFactory<?, ? extends LookupTable>> lookups(
      Binder binder) {
    return MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<>() {});
  }

  /** The architectures and baselines, by {@code model.type}. */
  public static MapBinder<String, ConfiguredFactory<?, ? extends Model>> models(Binder binder) {
    return MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<>() {});
  }

  /** What architectures can stand on, by {@code model.bottom.type}. */
  public static MapBinder<String, ConfiguredFactory<?, ? extends Bottom>> bottoms(Binder binder) {
    return MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<>() {});
  }

  /** The optimisers, by {@code training.optimizer.type}. */
  public static MapBinder<String, ConfiguredFactory<?, ? extends Optimizer>> optimizers(
      Binder binder) {
    return MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<>() {});
  }

  /** The schedules of learning rates, by {@code training.schedule.type}. */
  public static MapBinder<String, ConfiguredFactory<?, ? extends LearningRateSchedule>> schedules(
      Binder binder) {
    return MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<>() {});
  }

  /** The balancing methods, by {@code training.balancing.type}. */
  public static MapBinder<String, ConfiguredFactory<?, ? extends LossBalancing>> balancings(
      Binder binder) {
    return MapBinder.newMapBinder(binder, new TypeLiteral<String>() {}, new TypeLiteral<>() {});
  }
}
