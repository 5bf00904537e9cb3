package org.mtl4j.experiment.reproduce;

import java.util.Map;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.split.Split;
import org.mtl4j.serving.model.MtlModel;

/**
 * Conversion rates beside the probabilities that a simulated log was drawn from, over the test rows
 * that were clicked, and over all of them: nobody knows what those that were not clicked would have
 * done, but the simulator.
 */
final class FunnelTruth implements Figures {
  private static final int BLOCK = 4096;

  @Override
  public Map<String, Double> of(Trained trained) {
    SplitDataset data = trained.service().datasets().splits(trained.plan());
    FunnelRows gathered = new FunnelRows();
    try (MtlModel model = trained.run().model()) {
      data.forEach(Split.TEST, BLOCK, rows -> gathered.add(rows, model.predict(rows)));
    }
    return gathered.figures();
  }
}
