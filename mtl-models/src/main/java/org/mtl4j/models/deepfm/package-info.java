/** DeepFM: Guo and others 2017. */
package org.mtl4j.models.deepfm;
