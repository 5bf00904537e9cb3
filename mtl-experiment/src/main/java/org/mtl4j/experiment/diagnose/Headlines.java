package org.mtl4j.experiment.diagnose;

import java.util.List;

/** Which of an output's many figures stands for it: the first of these that it has. */
final class Headlines {
  static final List<String> KEYS =
      List.of("auc", "macro_auc", "rmse", "accuracy", "explained_variance", "silhouette");

  /** What is followed over the epochs: the less the better, and nearest to what is minimised. */
  static final List<String> LOSSES = List.of("log_loss", "rmse", "mae", "reconstruction_mse");

  private Headlines() {}
}
