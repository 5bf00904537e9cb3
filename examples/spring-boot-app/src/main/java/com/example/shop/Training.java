package com.example.shop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.Experiment;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;

/** Trains the experiment that the application carries. */
@Service
class Training {
  private final Resource experiment;
  private final Path runs;

  Training(@Value("classpath:shop.yaml") Resource experiment, @Value("${shop.runs}") Path runs) {
    this.experiment = experiment;
    this.runs = runs;
  }

  /** One run in a folder of its own; a second caller waits. */
  synchronized Run train() {
    try {
      String yaml = experiment.getContentAsString(StandardCharsets.UTF_8);
      Path folder = Files.createTempDirectory(Files.createDirectories(runs), "run-");
      return Experiment.of(ConfigFile.parse(yaml, "shop.yaml"))
          .train(TrainOptions.into(folder), ExperimentListener.SILENT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
