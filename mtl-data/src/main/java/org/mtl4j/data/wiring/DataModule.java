package org.mtl4j.data.wiring;

import com.google.inject.AbstractModule;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.data.simulator.SimulatedConfig;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;

/** Binds the sources of mtl-data by the names that {@code data.source.type} gives. */
public final class DataModule extends AbstractModule {
  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    var sources = Registries.sources(binder());
    sources
        .addBinding("csv")
        .toInstance(new ConfiguredFactory<>(CsvConfig.class, CsvSource.class, CsvSource::new));
    sources
        .addBinding("simulated")
        .toInstance(
            new ConfiguredFactory<>(
                SimulatedConfig.class, SimulatedSource.class, SimulatedSource::new));
  }
}
