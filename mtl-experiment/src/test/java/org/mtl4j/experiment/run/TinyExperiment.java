package org.mtl4j.experiment.run;

/** An experiment that trains in a second: two epochs of four steps, the last one step 8. */
final class TinyExperiment {
  static final String YAML =
      """
      name: tiny
      seed: 3
      data:
        source: {type: simulated, users: 50, items: 30, impressions: 1500}
        split: {by: random, validation: 0.2, test: 0.2}
      features:
        user_id: {type: categorical, dim: 4}
        price: {type: numeric, transform: log1p}
      tasks:
        click: {type: binary, label: click}
      model: {type: shared_bottom, bottom_layers: [8], tower_layers: [4]}
      training: {epochs: 2, batch_size: 256, threads: 1}
      """;

  private TinyExperiment() {}
}
