package org.mtl4j.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.serving.tensor.TensorValue;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;

/** Signatures that can be served, and why the others cannot. */
class SignaturesTest {
  @TempDir private Path folder;

  private static TensorInfo tensor(DataType type) {
    return TensorInfo.newBuilder().setName("t:0").setDtype(type).build();
  }

  private static SignatureDef signature(TensorInfo a, TensorInfo b, TensorInfo y) {
    return SignatureDef.newBuilder().putInputs("a", a).putInputs("b", b).putOutputs("y", y).build();
  }

  @Test
  void noneIsLostWithoutAReason() {
    TensorInfo floats = tensor(DataType.DT_FLOAT);
    TensorInfo sparse =
        TensorInfo.newBuilder()
            .setCooSparse(TensorInfo.CooSparse.newBuilder().setValuesTensorName("t:0"))
            .setDtype(DataType.DT_FLOAT)
            .build();
    Signatures signatures =
        Signatures.of(
            Map.of(
                "good", signature(floats, tensor(DataType.DT_STRING), tensor(DataType.DT_HALF)),
                "narrow", signature(floats, tensor(DataType.DT_INT8), tensor(DataType.DT_UINT64)),
                "complex", signature(floats, floats, tensor(DataType.DT_COMPLEX64)),
                "later", signature(floats, floats, floats.toBuilder().setDtypeValue(999).build()),
                "sparse", signature(sparse, floats, floats),
                "__saved_model_init_op", signature(floats, floats, tensor(DataType.DT_INVALID))));
    assertThat(signatures.served()).containsOnlyKeys("good");
    assertThat(signatures.refused())
        .containsExactly(
            Map.entry(
                "complex", "output \"y\" is of type DT_COMPLEX64, which no request can carry."),
            Map.entry("later", "output \"y\" is of type 999, which no request can carry."),
            Map.entry(
                "narrow",
                "input \"b\" is of type int8, which TensorFlow Java has not;"
                    + " output \"y\" is of type uint64, which TensorFlow Java has not."),
            Map.entry(
                "sparse",
                "input \"a\" is a sparse or composite tensor, which no request can carry."));
  }

  @Test
  void aModelWithSuchASignatureServesItsOthers() throws Exception {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> one = tf.constant(1f);
      Operand<?> bytes =
          graph
              .opBuilder("Placeholder", "bytes", graph.baseScope())
              .setAttr("dtype", DataType.DT_INT8)
              .build()
              .output(0);
      SavedModelBundle.exporter(folder.toString())
          .withSession(session)
          .withFunction(
              SessionFunction.create(
                  org.tensorflow.Signature.builder("one").output("y", one).build(), session))
          .withFunction(
              SessionFunction.create(
                  org.tensorflow.Signature.builder("bytes")
                      .input("x", bytes)
                      .output("y", tf.dtypes.cast(bytes, TFloat32.class))
                      .build(),
                  session))
          .export();
    }
    try (SavedModel model = SavedModel.load(folder)) {
      assertThat(model.signatures()).containsOnlyKeys("one");
      assertThat(model.refusedSignatures()).containsOnlyKeys("bytes");
      // It has no inputs, and needs none.
      TensorValue y = model.run(model.signatures().get("one"), Map.of(), Set.of("y")).get("y");
      assertThat(y.numbers().getFloat()).isEqualTo(1f);
    }
  }
}
