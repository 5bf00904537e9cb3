package org.mtl4j.experiment.diagnose;

import java.util.List;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.ModelInputs;
import org.mtl4j.core.model.ModelOutputs;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.models.mmoe.Mmoe;

/** {@link Planted#MMOE} with the products of its experts merged, as it is trained on a GPU. */
public record MergedMmoe() implements MultiTaskModel {
  @Override
  public ModelOutputs build(ModelInputs inputs, ModelContext context) {
    return new Mmoe(4, List.of(8), List.of(), 0)
        .build(
            inputs, new ModelContext(context.graph().with(MatrixProducts.MERGED), context.tasks()));
  }
}
