package org.mtl4j.data.wiring;

import com.google.inject.AbstractModule;
import java.util.function.Function;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.SourceFactory;
import org.mtl4j.core.wiring.SourceBinder;
import org.mtl4j.data.simulator.SimulatedConfig;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;

/** Binds the sources of mtl-data by the names that {@code data.source.type} gives. */
public final class DataModule extends AbstractModule {
  @Override
  protected void configure() {
    SourceBinder.source(binder(), "csv", new Factory<>(CsvConfig.class, CsvSource::new));
    SourceBinder.source(
        binder(), "simulated", new Factory<>(SimulatedConfig.class, SimulatedSource::new));
  }

  /** A factory of a record and a constructor. */
  private record Factory<C extends Record>(
      Class<C> configType, Function<C, BatchSource> constructor) implements SourceFactory<C> {
    @Override
    public BatchSource create(C config) {
      return constructor.apply(config);
    }
  }
}
