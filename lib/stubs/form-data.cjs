/** Stands in for the package `form-data` in the bundles: nothing of ours uploads files. */
module.exports = class FormData {
  constructor() {
    throw new Error('File uploads are not part of this connector: form-data is left out of its bundles.');
  }
};
