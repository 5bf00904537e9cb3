package org.mtl4j.models.snr;

import java.util.List;
import org.mtl4j.core.config.Default;
import org.mtl4j.core.config.Summary;
import org.mtl4j.core.graph.Mlp;
import org.mtl4j.core.graph.Normalization;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.models.component.Layers;
import org.mtl4j.models.component.Regularized;
import org.mtl4j.models.component.TowerHeads;

/**
 * Sub-network routing with a matrix a route: Ma and others, "SNR: sub-network routing for flexible
 * parameter sharing in multi-task learning", AAAI 2019. What tasks share is cut into sub-networks,
 * and which of them feed which of the next level, and which task, is learnt:
 *
 * <pre>
 * u_j = sum over i of z_(i,j) W_(i,j) v_i,   v_j = network_j(u_j)
 * loss = l0 * expected number of gates z that are not shut
 * </pre>
 *
 * <p>v_i are a level's sub-networks, u_j the inputs of the next level's, or of a task's tower;
 * those of the first level take x [B, width of all features]; the result is a logit [B] a task ([B,
 * classes] for a multiclass one). The gates are {@link Routes}: hard concrete, drawn once a step in
 * training, without chance in inference. W is Glorot uniform by one route's fan. Probes: {@code
 * level_L/network_J} [B, last width] and {@code level_L/routes} [from, to]. Take it to see which
 * parts tasks share; a larger {@code l0} shuts more gates, and too large a one all of them.
 *
 * @param networks sub-networks a level, 1 to 64
 * @param levels how many levels, 1 to 64
 * @param networkLayers widths of a sub-network's ReLU layers, at least one
 * @param towerLayers widths of each task's ReLU layers
 * @param l0 weight of the loss, at least 0
 * @param dropout share of activations set to 0 in training, in [0, 1)
 * @param normalization of every hidden layer's sums: none, batch or layer
 */
@Summary(
    "SNR-Trans (Ma and others, AAAI 2019): sub-networks, connected by learnt gates and matrices.")
public record SnrTrans(
    @Default("4") int networks,
    @Default("2") int levels,
    @Default("[64]") List<Integer> networkLayers,
    @Default("[16]") List<Integer> towerLayers,
    @Default("0.0001") double l0,
    @Default("0") double dropout,
    @Default("none") Normalization normalization)
    implements MultiTaskModel {
  /**
   * Checks the keys.
   *
   * @throws IllegalArgumentException naming the key, what was expected and what was found
   */
  public SnrTrans {
    networkLayers = Layers.atLeastOne("network_layers", networkLayers);
    towerLayers = Layers.checked("tower_layers", towerLayers);
    l0 = Regularized.strength("l0", l0);
    dropout = Layers.dropout(dropout);
    subNetworks(networks, levels, new Mlp(networkLayers, dropout, normalization));
  }

  private static SubNetworks subNetworks(int networks, int levels, Mlp network) {
    return new SubNetworks("snr_trans", networks, levels, network, true);
  }

  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    Mlp network = new Mlp(networkLayers, dropout, normalization);
    TowerHeads towers = new TowerHeads(new Mlp(towerLayers, dropout, normalization));
    return subNetworks(networks, levels, network).build(inputs, context, towers, l0);
  }
}
