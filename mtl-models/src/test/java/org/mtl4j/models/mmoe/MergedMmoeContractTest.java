package org.mtl4j.models.mmoe;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.mtl4j.core.graph.MatrixProducts;
import org.mtl4j.core.model.ModelContext;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.testkit.ModelContractTest;

/** MMoE as it is trained on a GPU; what its experts compute is tested at every build. */
@Tag("slow")
class MergedMmoeContractTest extends ModelContractTest {
  @Override
  protected MultiTaskModel model() {
    Mmoe mmoe = new Mmoe(3, List.of(10, 8), List.of(6), 0.1);
    return (inputs, context) ->
        mmoe.build(
            inputs, new ModelContext(context.graph().with(MatrixProducts.MERGED), context.tasks()));
  }
}
