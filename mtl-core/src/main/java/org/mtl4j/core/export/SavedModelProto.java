package org.mtl4j.core.export;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.graph.TensorNames;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AssetFileDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Describes an export graph as a SavedModel. */
final class SavedModelProto {
  static final String RAW = "serving_default";
  static final String ENCODED = "serving_encoded";
  private static final String PREDICT = "tensorflow/serving/predict";

  /**
   * The signature whose output names the operation that a loader runs once. Without it lookup
   * tables are not initialised after loading.
   */
  private static final String INIT = "__saved_model_init_op";

  private SavedModelProto() {}

  static SavedModel of(ExportGraph graph, GraphDef graphDef, SaverDef saver) {
    MetaGraphDef.Builder meta = MetaGraphDef.newBuilder();
    meta.getMetaInfoDefBuilder().addTags("serve");
    meta.setGraphDef(graphDef).setSaverDef(saver);
    Map<String, Operand<?>> encoded = new LinkedHashMap<>();
    graph.transforms().ids().ifPresent(ids -> encoded.put("ids", ids));
    graph.transforms().dense().ifPresent(dense -> encoded.put("dense", dense));
    meta.putSignatureDef(RAW, signature(graph.transforms().raw(), graph.predictions()));
    meta.putSignatureDef(ENCODED, signature(encoded, graph.predictions()));
    meta.putSignatureDef(
        INIT,
        SignatureDef.newBuilder()
            .putOutputs(
                INIT, TensorInfo.newBuilder().setName(graph.initialize().op().name()).build())
            .build());
    graph
        .transforms()
        .assets()
        .forEach(
            asset ->
                meta.addAssetFileDef(
                    AssetFileDef.newBuilder()
                        .setFilename(asset.file())
                        .setTensorInfo(
                            TensorInfo.newBuilder().setName(asset.path().op().name() + ":0"))));
    return SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
  }

  private static SignatureDef signature(
      Map<String, ? extends Operand<?>> inputs, Map<String, ? extends Operand<?>> outputs) {
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(PREDICT);
    inputs.forEach((name, tensor) -> signature.putInputs(name, info(tensor)));
    outputs.forEach((name, tensor) -> signature.putOutputs(name, info(tensor)));
    return signature.build();
  }

  private static TensorInfo info(Operand<?> tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Shape known = tensor.asOutput().shape();
    // No dimensions and nothing more would be a scalar.
    shape.setUnknownRank(known.isUnknown());
    for (int i = 0; i < known.numDimensions(); i++) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(known.get(i)));
    }
    return TensorInfo.newBuilder()
        .setName(TensorNames.of(tensor))
        .setDtype(tensor.asOutput().dataType())
        .setTensorShape(shape)
        .build();
  }
}
