package org.mtl4j.experiment.run;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.schema.PretrainedFeature;
import org.mtl4j.data.fit.VectorFile;

/** The files of pretrained features, as far as a run's numbers follow from them. */
final class PretrainedFiles {
  private PretrainedFiles() {}

  /**
   * A fingerprint of data and files; that of the data where there are no files.
   *
   * @param data the data's
   * @throws MtlException FILE_MISSING if a file is not there, IO if it cannot be read
   */
  static String fingerprint(List<FeatureSpec> features, String data) {
    List<PretrainedFeature> files =
        features.stream()
            .filter(PretrainedFeature.class::isInstance)
            .map(PretrainedFeature.class::cast)
            .toList();
    if (files.isEmpty()) {
      return data;
    }
    Hasher hasher = Hashing.sha256().newHasher().putString(data, StandardCharsets.UTF_8);
    for (PretrainedFeature feature : files) {
      hasher.putString("\n" + feature.name() + "=", StandardCharsets.UTF_8);
      hasher.putBytes(VectorFile.sha256(feature));
    }
    return hasher.hash().toString();
  }
}
