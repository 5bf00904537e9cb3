package org.mtl4j.core.export;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.EncodedPart;
import org.mtl4j.core.feature.ServingTransforms;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.graph.RowTable;
import org.mtl4j.core.graph.Variable;
import org.mtl4j.core.manifest.Explanation;
import org.mtl4j.core.manifest.ExportFiles;
import org.mtl4j.core.manifest.ManifestFile;
import org.mtl4j.core.manifest.ManifestParts;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.core.training.TrainerSpec;
import org.tensorflow.Session;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SavedModel;

/**
 * Writes a trained model as a SavedModel with its manifest: {@code saved_model.pb}, {@code
 * variables/}, {@code assets/}, requests to warm up with in {@code assets.extra/} and {@code
 * mtl4j.json}. TensorFlow Serving and Python read it as any other. It is written aside, certified
 * by a replay and only then given its name.
 */
public final class ModelExporter {
  private ModelExporter() {}

  /**
   * Writes an export.
   *
   * @param target the folder to make, say {@code export/1}; it must not exist
   * @throws MtlException OUTPUT_FOLDER if it exists, IO if it cannot be written, CERTIFICATE_FAILED
   *     if the export computes other numbers than the trainer
   */
  public static ModelManifest export(ExportRequest request, Path target) {
    if (Files.exists(target)) {
      throw new MtlException(
          new Problem(
              ErrorCode.OUTPUT_FOLDER,
              target.toString(),
              "The folder exists already, and an export is never written over.",
              "Choose another folder, or the next version number."));
    }
    Unfinished unfinished = new Unfinished(target);
    try {
      Folders.make(target.toAbsolutePath().getParent());
      Folders.delete(unfinished.path());
      ModelManifest manifest = write(request, unfinished.path());
      unfinished.finish();
      return manifest;
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              target.toString(),
              "The export could not be written: " + e + ".",
              "Make room or choose another folder."),
          e);
    } finally {
      unfinished.drop();
    }
  }

  private static ModelManifest write(ExportRequest request, Path folder) throws IOException {
    Folders.make(folder.resolve("assets"));
    Folders.make(folder.resolve("variables"));
    Written written = writeModel(request, folder);
    SignatureFeeds feeds = new SignatureFeeds(request.spec().pipeline());
    ModelManifest.Certificate certificate = new Certifier(feeds).certify(folder, request.replay());
    new WarmUpWriter(request.origin().name(), feeds).write(request.replay(), folder);
    ModelManifest manifest = manifest(request, written, certificate, ExportFiles.sums(folder));
    ManifestFile.write(folder, manifest);
    return manifest;
  }

  /**
   * What a manifest says of a graph.
   *
   * @param explanation between which tensors predictions can be explained
   * @param encoded which columns of encoded rows are made of which raw inputs
   */
  private record Written(Explanation explanation, List<EncodedPart> encoded) {}

  private static Written writeModel(ExportRequest request, Path folder) throws IOException {
    try (ExportGraph graph = new ExportGraph(request.spec(), request.calibrators())) {
      Saver saver = new Saver(graph);
      GraphDef definition = graph.graph().toGraphDef();
      for (ServingTransforms.Asset asset : graph.transforms().assets()) {
        asset.write(folder.resolve("assets"));
      }
      writeProto(
          SavedModelProto.of(graph, definition, saver.definition()),
          folder.resolve("saved_model.pb"));
      try (Session session = new Session(graph.graph())) {
        StateLoader loader = new StateLoader(graph.scope("load"), session, request.state());
        for (Variable variable : graph.dense()) {
          loader.load(variable);
        }
        for (RowTable table : graph.tables()) {
          loader.load(table);
        }
        saver.save(session, folder.resolve("variables").resolve("variables").toString());
      }
      return new Written(graph.explanation(), graph.transforms().parts());
    }
  }

  /** Maps in the order of their keys, so that equal models are equal bytes. */
  private static void writeProto(SavedModel model, Path file) throws IOException {
    try (OutputStream stream = Files.newOutputStream(file)) {
      CodedOutputStream output = CodedOutputStream.newInstance(stream);
      output.useDeterministicSerialization();
      model.writeTo(output);
      output.flush();
    }
  }

  private static ModelManifest manifest(
      ExportRequest request,
      Written written,
      ModelManifest.Certificate certificate,
      Map<String, ModelManifest.FileSum> files) {
    TrainerSpec spec = request.spec();
    List<ModelManifest.Output> outputs =
        spec.outputs().stream()
            .map(output -> ManifestParts.output(output, request.calibrators().get(output.name())))
            .toList();
    String version = ModelExporter.class.getPackage().getImplementationVersion();
    return new ModelManifest(
        ModelManifest.FORMAT,
        request.origin().name(),
        version == null ? "development" : version,
        ManifestParts.inputs(spec.pipeline()),
        ManifestParts.served(spec.pipeline()),
        outputs,
        written.explanation(),
        request.origin().lookups(),
        request.origin().provenance(),
        certificate,
        files,
        written.encoded(),
        request.origin().training());
  }
}
