/** Hard parameter sharing: Caruana 1997. */
package org.mtl4j.models.sharedbottom;
