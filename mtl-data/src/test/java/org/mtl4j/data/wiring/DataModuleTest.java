package org.mtl4j.data.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.TypeLiteral;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.config.ConfiguredFactory;
import org.mtl4j.data.catalogue.PublicDataset;
import org.mtl4j.data.simulator.SimulatedConfig;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.testkit.wiring.PartsContractTest;

class DataModuleTest extends PartsContractTest {
  @Override
  protected DataModule module() {
    return new DataModule();
  }

  private final Map<String, ConfiguredFactory<?, ? extends BatchSource>> factories =
      Guice.createInjector(new DataModule())
          .getInstance(
              Key.get(
                  new TypeLiteral<Map<String, ConfiguredFactory<?, ? extends BatchSource>>>() {}));

  @Test
  void sourcesAreBoundByNameWithTheirRecords() {
    assertThat(factories)
        .containsKeys(
            "csv",
            "jdbc",
            "jsonl",
            "parquet",
            "simulated",
            "sql",
            "synthetic_regression",
            "tfrecord",
            "tsv",
            "union");
    assertThat(factories.get("csv").configType()).isEqualTo(CsvConfig.class);
    assertThat(factories.get("simulated").configType()).isEqualTo(SimulatedConfig.class);
  }

  @Test
  void everyPublicDatasetIsASourceOfItsName() {
    Map<String, PublicDataset> datasets =
        Guice.createInjector(new DataModule())
            .getInstance(Key.get(new TypeLiteral<Map<String, PublicDataset>>() {}));
    assertThat(datasets)
        .containsOnlyKeys(
            "census_income",
            "adult",
            "movielens",
            "kuairand",
            "ali_ccp",
            "aliexpress",
            "online_shoppers",
            "restaurant_consumer",
            "amazon_reviews",
            "yelp",
            "taobao");
    datasets.forEach(
        (name, set) -> {
          assertThat(set.name()).isEqualTo(name).matches("[a-z0-9_]+");
          assertThat(factories.get(name).configType()).isEqualTo(set.factory().configType());
          assertThat(set.card().columns()).doesNotHaveDuplicates().isNotEmpty();
        });
  }

  @Test
  void factoryMakesItsSource() {
    BatchSource source = factories.get("simulated").create(SimulatedConfig.DEFAULTS);
    assertThat(source.columns().names()).contains("user_id", "click");
  }
}
