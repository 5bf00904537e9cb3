package org.mtl4j.data.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.wiring.Registries;
import org.mtl4j.data.catalogue.Adult;
import org.mtl4j.data.catalogue.AliCcp;
import org.mtl4j.data.catalogue.AliExpress;
import org.mtl4j.data.catalogue.AmazonReviews;
import org.mtl4j.data.catalogue.CensusIncome;
import org.mtl4j.data.catalogue.KuaiRand;
import org.mtl4j.data.catalogue.MovieLens;
import org.mtl4j.data.catalogue.OnlineShoppers;
import org.mtl4j.data.catalogue.PublicDataset;
import org.mtl4j.data.catalogue.RestaurantConsumer;
import org.mtl4j.data.catalogue.TaobaoUserBehavior;
import org.mtl4j.data.catalogue.Yelp;
import org.mtl4j.data.lookup.FileLookupConfig;
import org.mtl4j.data.lookup.FileLookupTable;
import org.mtl4j.data.simulator.RegressionConfig;
import org.mtl4j.data.simulator.RegressionSource;
import org.mtl4j.data.simulator.SimulatedConfig;
import org.mtl4j.data.simulator.SimulatedSource;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.CsvSource;
import org.mtl4j.data.source.JsonlConfig;
import org.mtl4j.data.source.JsonlSource;
import org.mtl4j.data.source.ParquetConfig;
import org.mtl4j.data.source.ParquetSource;
import org.mtl4j.data.source.PlacedSource;
import org.mtl4j.data.source.TfRecordConfig;
import org.mtl4j.data.source.TfRecordSource;
import org.mtl4j.data.source.TsvConfig;
import org.mtl4j.data.source.sql.JdbcConfig;
import org.mtl4j.data.source.sql.JdbcLookupConfig;
import org.mtl4j.data.source.sql.JdbcLookupTable;
import org.mtl4j.data.source.sql.JdbcSource;
import org.mtl4j.data.source.sql.SqlConfig;
import org.mtl4j.data.source.sql.SqlSource;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.data.union.UnionSource;

/** Binds the sources and public data sets of mtl-data by their names. */
public final class DataModule extends AbstractModule {
  private static final TypeLiteral<Map<String, ConfiguredFactory<?, ? extends BatchSource>>>
      SOURCES = new TypeLiteral<>() {};

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    var sources = Registries.sources(binder());
    sources
        .addBinding("csv")
        .toInstance(new ConfiguredFactory<>(CsvConfig.class, CsvSource.class, CsvSource::new));
    sources
        .addBinding("parquet")
        .toInstance(
            new ConfiguredFactory<>(ParquetConfig.class, ParquetSource.class, ParquetSource::new));
    sources
        .addBinding("sql")
        .toInstance(new ConfiguredFactory<>(SqlConfig.class, SqlSource.class, SqlSource::new));
    sources
        .addBinding("jdbc")
        .toInstance(new ConfiguredFactory<>(JdbcConfig.class, JdbcSource.class, JdbcSource::new));
    sources
        .addBinding("tsv")
        .toInstance(
            new ConfiguredFactory<>(
                TsvConfig.class, CsvSource.class, config -> new CsvSource(config.csv())));
    sources
        .addBinding("jsonl")
        .toInstance(
            new ConfiguredFactory<>(JsonlConfig.class, JsonlSource.class, JsonlSource::new));
    sources
        .addBinding("tfrecord")
        .toInstance(
            new ConfiguredFactory<>(
                TfRecordConfig.class, TfRecordSource.class, TfRecordSource::new));
    sources
        .addBinding("simulated")
        .toInstance(
            new ConfiguredFactory<>(
                SimulatedConfig.class, SimulatedSource.class, SimulatedSource::new));
    sources
        .addBinding("synthetic_regression")
        .toInstance(
            new ConfiguredFactory<>(
                RegressionConfig.class, RegressionSource.class, RegressionSource::new));
    Registries.lookups(binder())
        .addBinding("jdbc")
        .toInstance(
            new ConfiguredFactory<>(
                JdbcLookupConfig.class, JdbcLookupTable.class, JdbcLookupTable::new));
    // Asked when a union is made, by when the map of all sources is whole.
    var all = getProvider(Key.get(SOURCES));
    sources
        .addBinding(UnionConfig.TYPE)
        .toInstance(
            new ConfiguredFactory<>(
                UnionConfig.class, UnionSource.class, config -> union(config, all.get())));
    dataset(new CensusIncome());
    dataset(new Adult());
    dataset(new MovieLens());
    dataset(new KuaiRand());
    dataset(new AliCcp());
    dataset(new AliExpress());
    dataset(new OnlineShoppers());
    dataset(new RestaurantConsumer());
    dataset(new AmazonReviews());
    dataset(new Yelp());
    dataset(new TaobaoUserBehavior());
  }

  private static UnionSource union(
      UnionConfig config, Map<String, ConfiguredFactory<?, ? extends BatchSource>> sources) {
    Registry<BatchSource> registry = new Registry<>("source", sources);
    Map<String, BatchSource> domains = new LinkedHashMap<>();
    config
        .sources()
        .forEach(
            (name, choice) -> domains.put(name, open(registry, choice, UnionConfig.place(name))));
    return new UnionSource(config.column(), domains);
  }

  /** A public data set under its name, as a source and as what the command fetches. */
  private void dataset(PublicDataset dataset) {
    Registries.sources(binder()).addBinding(dataset.name()).toInstance(dataset.factory());
    MapBinder.newMapBinder(binder(), String.class, PublicDataset.class)
        .addBinding(dataset.name())
        .toInstance(dataset);
  }

  /** Over whatever sources are bound, by this module or another. */
  @ProvidesIntoMap
  @StringMapKey("file")
  ConfiguredFactory<?, ? extends LookupTable> fileLookup(
      Map<String, ConfiguredFactory<?, ? extends BatchSource>> bound) {
    Registry<BatchSource> sources = new Registry<>("source", bound);
    return new ConfiguredFactory<>(
        FileLookupConfig.class,
        FileLookupTable.class,
        config -> new FileLookupTable(open(sources, config.source(), FileLookupConfig.SOURCE)));
  }

  /** A source whose keys stand at a place of their own. */
  private static BatchSource open(Registry<BatchSource> sources, Choice choice, String place) {
    Problems problems = new Problems();
    Optional<Choice> bound = sources.bind(choice, problems);
    problems.throwIfAny();
    return PlacedSource.at(
        place, () -> sources.resolve(bound.orElseThrow(), new Problems()).orElseThrow().value());
  }
}
